// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const ptNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '' },
  { name: 'Easter Sunday', days: '0331|0420|0405|0328|0416|0401|0421|0413|0328', in: '' },
  { name: 'Liberty Day', days: '0425', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'Corpus Christi', days: '0530|0619|0604|0527|0615|0531|0620|0612|0527', in: '' },
  { name: 'Portugal Day', days: '0610', in: '' },
  { name: 'Assumption', days: '0815', in: '' },
  { name: 'Implantação da República', days: '1005', in: '' },
  { name: "All Saints' Day", days: '1101', in: '' },
  { name: 'Restauração da Independência', days: '1201', in: '' },
  { name: 'Immaculate Conception', days: '1208', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
];
