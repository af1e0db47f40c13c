// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const rsNames: readonly HolidayName[] = [
  {
    name: "New Year's Day",
    days: '0101 0102|0101 0102|0101 0102|0101 0102|0101 0103|0101 0102|0101 0102|0101 0102|0101 0102',
    in: '',
  },
  { name: 'Orthodox Christmas', days: '0107', in: '' },
  {
    name: 'Statehood Day',
    days: '0215 0216|0215 0217|0216 0217|0215 0216|0215 0216|0215 0216|0215 0216|0215 0217|0216 0217',
    in: '',
  },
  { name: 'Orthodox Good Friday', days: '0503|0418|0410|0430|0414|0406|0426|0411|0430', in: '' },
  { name: 'Orthodox Easter', days: '0505|0420|0412|0502|0416|0408|0428|0413|0502', in: '' },
  { name: 'Orthodox Easter Monday', days: '0506|0421|0413|0503|0417|0409|0429|0414|0503', in: '' },
  {
    name: 'Labour Day',
    days: '0501 0502|0501 0502|0501 0502|0501 0503|0501 0502|0501 0502|0501 0502|0501 0502|0501 0503',
    in: '',
  },
  { name: 'Armistice Day', days: '1111|1111|1111|1111|1111|1112|1111|1111|1111', in: '' },
];
