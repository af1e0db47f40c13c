// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const fjNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '' },
  { name: 'Easter Saturday', days: '0330|0419|0404|0327|0415|0331|0420|0412|0327', in: '' },
  { name: 'Easter Monday', days: '0401|0421|0406|0329|0417|0402|0422|0414|0329', in: '' },
  { name: 'Constitution Day', days: '0907', in: '' },
  { name: 'Birthday of Muhammad (Mawlid)', days: '0915|0904|0825|0814|0803|0724|0713|0702|0620', in: '' },
  { name: 'Fiji Day', days: '1010', in: '' },
  { name: 'Diwali', days: '1101|1021|||||||', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'Boxing Day', days: '1226|1226|1226|1227|1226|1226|1226|1226|1227', in: '' },
  { name: 'Fiji Day (substitute day)', days: '|||1011|||||1011', in: '' },
];
