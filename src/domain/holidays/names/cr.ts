// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const crNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Maundy Thursday', days: '0328|0417|0402|0325|0413|0329|0418|0410|0325', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '' },
  { name: 'Gesta Heroica de Juan Santamaría', days: '0411', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'Guanacaste Day', days: '0725', in: '' },
  { name: 'Our Lady of Los Ángeles', days: '0802', in: '' },
  { name: "Mother's Day", days: '0815', in: '' },
  { name: 'Independence Day', days: '0915', in: '' },
  { name: 'Columbus Day', days: '1012|1012|1009|1012|1012|1012|1012|1012|1012', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
];
