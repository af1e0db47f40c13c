// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const isNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Maundy Thursday', days: '0328|0417|0402|0325|0413|0329|0418|0410|0325', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '' },
  { name: 'Easter Sunday', days: '0331|0420|0405|0328|0416|0401|0421|0413|0328', in: '' },
  { name: 'Easter Monday', days: '0401|0421|0406|0329|0417|0402|0422|0414|0329', in: '' },
  { name: 'First Day of Summer', days: '0418|0424|0423|0422|0420|0419|0418|0424|0422', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'Ascension Day', days: '0509|0529|0514|0506|0525|0510|0530|0522|0506', in: '' },
  { name: 'Pentecost', days: '0519|0608|0524|0516|0604|0520|0609|0601|0516', in: '' },
  { name: 'Whit Monday', days: '0520|0609|0525|0517|0605|0521|0610|0602|0517', in: '' },
  { name: 'Icelandic National Day', days: '0617', in: '' },
  { name: 'Commerce Day', days: '0805|0804|0803|0802|0807|0806|0805|0804|0802', in: '' },
  { name: 'Christmas Eve', days: '1224', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'Boxing Day', days: '1226', in: '' },
  { name: "New Year's Eve", days: '1231', in: '' },
];
