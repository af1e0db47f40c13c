// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const giNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: "New Year's Day (substitute day)", days: '||||0103||||', in: '' },
  { name: 'Commonwealth Day', days: '0311|0310|0309|0308|0313|0312|0311|0310|0308', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '' },
  { name: 'Easter Monday', days: '0401|0421|0406|0329|0417|0402|0422|0414|0329', in: '' },
  { name: 'Workers Memorial Day', days: '0428', in: '' },
  { name: 'May Day', days: '0501|0501|0501|0503|0501|0501|0501|0501|0503', in: '' },
  { name: "King Charles III's Coronation", days: '', in: '' },
  { name: 'Spring bank holiday', days: '0527|0526|0525|0531|0529|0528|0527|0526|0531', in: '' },
  { name: "Queen's Birthday", days: '0617|0616|0615|0614|0619|0618|0617|0616|0614', in: '' },
  { name: 'Late Summer Bank Holiday', days: '0826|0825|0831|0830|0828|0827|0826|0825|0830', in: '' },
  { name: 'Gibraltar National Day (substitute day)', days: '||||0904||||', in: '' },
  { name: 'Gibraltar National Day', days: '0910', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'Boxing Day', days: '1226', in: '' },
  { name: 'Boxing Day (substitute day)', days: '||1228|1228|||||1228', in: '' },
  { name: 'Christmas Day (substitute day)', days: '|||1227|||||1227', in: '' },
];
