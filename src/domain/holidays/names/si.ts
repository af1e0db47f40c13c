// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const siNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101 0102', in: '' },
  { name: 'Prešeren Day, the Slovenian Cultural Holiday', days: '0208', in: '' },
  { name: 'Easter Sunday', days: '0331|0420|0405|0328|0416|0401|0421|0413|0328', in: '' },
  { name: 'Easter Monday', days: '0401|0421|0406|0329|0417|0402|0422|0414|0329', in: '' },
  { name: 'Day of Uprising Against Occupation', days: '0427', in: '' },
  { name: 'Labour Day', days: '0501 0502', in: '' },
  { name: 'Pentecost', days: '0519|0608|0524|0516|0604|0520|0609|0601|0516', in: '' },
  { name: 'Statehood Day', days: '0625', in: '' },
  { name: 'Assumption', days: '0815', in: '' },
  { name: 'Reformation Day', days: '1031', in: '' },
  { name: 'Day of Remembrance for the Dead', days: '1101', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'Independence and Unity Day', days: '1226', in: '' },
];
