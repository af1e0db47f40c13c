// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const mcNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: "Saint Devota's Day", days: '0127', in: '' },
  { name: 'Easter Monday', days: '0401|0421|0406|0329|0417|0402|0422|0414|0329', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'Ascension Day', days: '0509|0529|0514|0506|0525|0510|0530|0522|0506', in: '' },
  { name: 'Whit Monday', days: '0520|0609|0525|0517|0605|0521|0610|0602|0517', in: '' },
  { name: 'Corpus Christi', days: '0530|0619|0604|0527|0615|0531|0620|0612|0527', in: '' },
  { name: 'Assumption', days: '0815', in: '' },
  { name: "All Saints' Day", days: '1101', in: '' },
  { name: "H.S.H. the Sovereign Prince's Day", days: '1119', in: '' },
  { name: "H.S.H. the Sovereign Prince's Day (substitute day)", days: '||||1120||||', in: '' },
  { name: 'Immaculate Conception', days: '1208', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: "Saint Devota's Day (substitute day)", days: '||||||0128||', in: '' },
];
