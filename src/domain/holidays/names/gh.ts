// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const ghNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: "New Year's Day (substitute day)", days: '||||0103||||', in: '' },
  { name: 'Constitution Day', days: '0107', in: '' },
  { name: 'Independence Day', days: '0306', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '' },
  { name: 'Easter Monday', days: '0401|0421|0406|0329|0417|0402|0422|0414|0329', in: '' },
  { name: 'End of Ramadan (Eid al-Fitr)', days: '0410|0330|0320|0309|0226|0214|0204|0124|0114', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  {
    name: 'Feast of the Sacrifice (Eid al-Adha)',
    days: '0616|0606|0527|0516|0505|0424|0413|0402|0322',
    in: '',
  },
  { name: 'Founders Day', days: '0804', in: '' },
  { name: 'Kwame Nkrumah Memorial Day', days: '0921', in: '' },
  { name: 'Farmers Day', days: '1206|1205|1204|1203|1201|1207|1206|1205|1203', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'Boxing Day', days: '1226', in: '' },
  { name: 'Feast of the Sacrifice (Eid al-Adha) (substitute day)', days: '0617|||0517|||0415||', in: '' },
  { name: 'Founders Day (substitute day)', days: '0805|||||0806|0805||', in: '' },
  { name: 'Kwame Nkrumah Memorial Day (substitute day)', days: '0923|0922|||||0923|0922|', in: '' },
  { name: 'End of Ramadan (Eid al-Fitr) (substitute day)', days: '|0331|||0228||||', in: '' },
  { name: 'Boxing Day (substitute day)', days: '||1228|1228|||||1228', in: '' },
  { name: 'Independence Day (substitute day)', days: '|||0308|||||0308', in: '' },
  { name: 'Labour Day (substitute day)', days: '|||0503|||||0503', in: '' },
  { name: 'Christmas Day (substitute day)', days: '|||1227|||||1227', in: '' },
];
