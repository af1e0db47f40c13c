// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const jeNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: "New Year's Day (substitute day)", days: '||||0103||||', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '' },
  { name: 'Easter Monday', days: '0401|0421|0406|0329|0417|0402|0422|0414|0329', in: '' },
  { name: 'Early May bank holiday', days: '0506|0505|0504|0503|0501|0507|0506|0505|0503', in: '' },
  { name: "King Charles III's Coronation", days: '', in: '' },
  { name: 'Liberation Day', days: '0509', in: '' },
  { name: 'Spring bank holiday', days: '0527|0526|0525|0531|0529|0528|0527|0526|0531', in: '' },
  { name: 'Summer Bank Holiday', days: '0826|0825|0831|0830|0828|0827|0826|0825|0830', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'Boxing Day', days: '1226', in: '' },
  { name: 'Boxing Day (substitute day)', days: '||1228|1228|||||1228', in: '' },
  { name: 'Christmas Day (substitute day)', days: '|||1227|||||1227', in: '' },
];
