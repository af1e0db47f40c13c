// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const eeNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Independence Day', days: '0224', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '' },
  { name: 'Easter Sunday', days: '0331|0420|0405|0328|0416|0401|0421|0413|0328', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'Pentecost', days: '0519|0608|0524|0516|0604|0520|0609|0601|0516', in: '' },
  { name: 'Victory Day', days: '0623', in: '' },
  { name: 'Midsummer Day', days: '0624', in: '' },
  { name: 'Day of Restoration of Independence', days: '0820', in: '' },
  { name: 'Christmas Eve', days: '1224', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'Boxing Day', days: '1226', in: '' },
];
