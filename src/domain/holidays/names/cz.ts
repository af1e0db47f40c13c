// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const czNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '' },
  { name: 'Easter Monday', days: '0401|0421|0406|0329|0417|0402|0422|0414|0329', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'Liberation Day', days: '0508', in: '' },
  { name: 'Saints Cyril and Methodius Day', days: '0705', in: '' },
  { name: 'Jan Hus Day', days: '0706', in: '' },
  { name: 'St. Wenceslas Day (Czech Statehood Day)', days: '0928', in: '' },
  { name: 'Independent Czechoslovak State Day', days: '1028', in: '' },
  { name: 'Struggle for Freedom and Democracy Day', days: '1117', in: '' },
  { name: 'Christmas Eve', days: '1224', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'Boxing Day', days: '1226', in: '' },
];
