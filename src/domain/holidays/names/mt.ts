// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const mtNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: "Feast of Saint Paul's Shipwreck in Malta", days: '0210', in: '' },
  { name: 'Saint Joseph', days: '0319', in: '' },
  { name: 'Freedom Day', days: '0331', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'June 7th', days: '0607', in: '' },
  { name: 'Saints Peter and Paul', days: '0629', in: '' },
  { name: 'Assumption', days: '0815', in: '' },
  { name: 'Victory Day', days: '0908', in: '' },
  { name: 'Independence Day', days: '0921', in: '' },
  { name: 'Immaculate Conception', days: '1208', in: '' },
  { name: 'Republic Day', days: '1213', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
];
