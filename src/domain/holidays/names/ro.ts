// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const roNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101 0102', in: '' },
  { name: 'Epiphany', days: '0106', in: '' },
  { name: 'Saint John the Baptist', days: '0107', in: '' },
  { name: 'Day of the Unification of the Romanian Principalities', days: '0124', in: '' },
  { name: 'Good Friday', days: '0503|0418|0410|0430|0414|0406|0426|0411|0430', in: '' },
  { name: 'Easter Sunday', days: '0505|0420|0412|0502|0416|0408|0428|0413|0502', in: '' },
  { name: 'Easter Monday', days: '0506|0421|0413|0503|0417|0409|0429|0414|0503', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: "Children's Day", days: '0601', in: '' },
  { name: 'Pentecost', days: '0623|0608|0531|0620|0604|0527|0616|0601|0620', in: '' },
  { name: 'Whit Monday', days: '0624|0609|0601|0621|0605|0528|0617|0602|0621', in: '' },
  { name: 'Assumption', days: '0815', in: '' },
  { name: "St Andrew's Day", days: '1130', in: '' },
  { name: 'National holiday', days: '1201', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'Boxing Day', days: '1226', in: '' },
];
