// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const hrNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Epiphany', days: '0106', in: '' },
  { name: 'Easter Sunday', days: '0331|0420|0405|0328|0416|0401|0421|0413|0328', in: '' },
  { name: 'Easter Monday', days: '0401|0421|0406|0329|0417|0402|0422|0414|0329', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'National Day', days: '0530', in: '' },
  { name: 'Corpus Christi', days: '0530|0619|0604|0527|0615|0531|0620|0612|0527', in: '' },
  { name: 'Anti-Fascist Struggle Day', days: '0622', in: '' },
  { name: 'Victory and Homeland Thanksgiving Day and the Day of Croatian defenders', days: '0805', in: '' },
  { name: 'Assumption', days: '0815', in: '' },
  { name: "All Saints' Day", days: '1101', in: '' },
  { name: 'Remembrance Day', days: '1118', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'Boxing Day', days: '1226', in: '' },
];
