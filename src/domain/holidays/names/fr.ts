// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const frNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Easter Monday', days: '0401|0421|0406|0329|0417|0402|0422|0414|0329', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'Victory Day', days: '0508', in: '' },
  { name: 'Ascension Day', days: '0509|0529|0514|0506|0525|0510|0530|0522|0506', in: '' },
  { name: 'Whit Monday', days: '0520|0609|0525|0517|0605|0521|0610|0602|0517', in: '' },
  { name: 'Bastille Day', days: '0714', in: '' },
  { name: 'Assumption', days: '0815', in: '' },
  { name: "All Saints' Day", days: '1101', in: '' },
  { name: 'Armistice Day', days: '1111', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '57 67 68 MQ GP' },
  { name: 'Boxing Day', days: '1226', in: '57 67 68' },
  { name: 'Abolition of Slavery', days: '0427', in: 'YT' },
  { name: 'Abolition of Slavery', days: '0522', in: 'MQ' },
  { name: 'Abolition of Slavery', days: '0527', in: 'GP MF' },
  { name: 'Abolition of Slavery', days: '0610', in: 'GF' },
  { name: 'Abolition of Slavery', days: '1220', in: 'RE' },
  { name: 'Abolition of Slavery', days: '1009', in: 'BL' },
];
