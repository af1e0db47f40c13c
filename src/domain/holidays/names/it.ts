// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const itNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Epiphany', days: '0106', in: '' },
  { name: 'Easter Sunday', days: '0331|0420|0405|0328|0416|0401|0421|0413|0328', in: '' },
  { name: 'Easter Monday', days: '0401|0421|0406|0329|0417|0402|0422|0414|0329', in: '' },
  { name: 'Liberation from Nazi-Fascism (1945)', days: '0425', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'Republic Day', days: '0602', in: '' },
  { name: 'Assumption', days: '0815', in: '' },
  { name: "All Saints' Day", days: '1101', in: '' },
  { name: 'Immaculate Conception', days: '1208', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'Boxing Day', days: '1226', in: '' },
  { name: 'National Day of Saint Francis of Assisi', days: '||1004|1004|1004|1004|1004|1004|1004', in: '' },
  { name: 'Whit Monday', days: '0520|0609|0525|0517|0605|0521|0610|0602|0517', in: '32' },
];
