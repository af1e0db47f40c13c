// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const ltNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Day of Restoration of the State of Lithuania', days: '0216', in: '' },
  { name: 'Day of Restoration of Independence of Lithuania', days: '0311', in: '' },
  { name: 'Easter Sunday', days: '0331|0420|0405|0328|0416|0401|0421|0413|0328', in: '' },
  { name: 'Easter Monday', days: '0401|0421|0406|0329|0417|0402|0422|0414|0329', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: "St. John's Day", days: '0624', in: '' },
  { name: 'Statehood Day', days: '0706', in: '' },
  { name: 'Assumption', days: '0815', in: '' },
  { name: "All Saints' Day", days: '1101', in: '' },
  { name: "All Souls' Day", days: '1102', in: '' },
  { name: 'Christmas Eve', days: '1224', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'Boxing Day', days: '1226', in: '' },
];
