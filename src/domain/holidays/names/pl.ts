// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const plNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Epiphany', days: '0106', in: '' },
  { name: 'Easter Sunday', days: '0331|0420|0405|0328|0416|0401|0421|0413|0328', in: '' },
  { name: 'Easter Monday', days: '0401|0421|0406|0329|0417|0402|0422|0414|0329', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'Constitution Day', days: '0503', in: '' },
  { name: 'Pentecost', days: '0519|0608|0524|0516|0604|0520|0609|0601|0516', in: '' },
  { name: 'Corpus Christi', days: '0530|0619|0604|0527|0615|0531|0620|0612|0527', in: '' },
  { name: 'Assumption', days: '0815', in: '' },
  { name: "All Saints' Day", days: '1101', in: '' },
  { name: 'Independence Day', days: '1111', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'Boxing Day', days: '1226', in: '' },
  { name: 'Christmas Eve', days: '|1224|1224|1224|1224|1224|1224|1224|1224', in: '' },
];
