// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const peNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Maundy Thursday', days: '0328|0417|0402|0325|0413|0329|0418|0410|0325', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '' },
  { name: 'Easter Sunday', days: '0331|0420|0405|0328|0416|0401|0421|0413|0328', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'Saints Peter and Paul', days: '0629', in: '' },
  { name: 'Peruvian Air Force Day', days: '0723', in: '' },
  { name: 'Independence Day', days: '0728 0729', in: '' },
  { name: 'Battle of Junín', days: '0806', in: '' },
  { name: 'Santa Rosa de Lima', days: '0830', in: '' },
  { name: 'Battle of Angamos', days: '1008', in: '' },
  { name: "All Saints' Day", days: '1101', in: '' },
  { name: 'Immaculate Conception', days: '1208', in: '' },
  { name: 'Battle of Ayacucho', days: '1209', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'Battle of Arica and Flag Day', days: '0607', in: '' },
];
