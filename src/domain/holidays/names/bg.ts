// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const bgNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Liberation Day', days: '0303', in: '' },
  { name: 'Good Friday', days: '0503|0418|0410|0430|0414|0406|0426|0411|0430', in: '' },
  { name: 'Easter Sunday', days: '0505|0420|0412|0502|0416|0408|0428|0413|0502', in: '' },
  { name: 'Easter Monday', days: '0506|0421|0413|0503|0417|0409|0429|0414|0503', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: "St. George's Day", days: '0506', in: '' },
  { name: 'Bulgarian Education and Culture, and Slavonic Literature Day', days: '0524', in: '' },
  { name: 'Unification Day', days: '0906', in: '' },
  { name: 'Independence Day', days: '0922', in: '' },
  { name: 'Christmas Eve', days: '1224', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
];
