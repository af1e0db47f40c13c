// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const coNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Epiphany', days: '0108|0106|0112|0111|0110|0108|0107|0106|0112', in: '' },
  { name: 'Saint Joseph', days: '0325|0324|0323|0322|0320|0319|0325|0324|0322', in: '' },
  { name: 'Maundy Thursday', days: '0328|0417|0402|0325|0413|0329|0418|0410|0325', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '' },
  { name: 'Easter Sunday', days: '0331|0420|0405|0328|0416|0401|0421|0413|0328', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'Ascension Day', days: '0513|0602|0518|0510|0529|0514|0603|0526|0510', in: '' },
  { name: 'Corpus Christi', days: '0603|0623|0608|0531|0619|0604|0624|0616|0531', in: '' },
  { name: 'Sacred Heart', days: '0610|0630|0615|0607|0626|0611|0701|0623|0607', in: '' },
  { name: 'Saints Peter and Paul', days: '0701|0630|0629|0705|0703|0702|0701|0630|0705', in: '' },
  { name: 'Independence Day', days: '0720', in: '' },
  { name: 'Battle of Boyacá', days: '0807', in: '' },
  { name: 'Assumption', days: '0819|0818|0817|0816|0821|0820|0819|0818|0816', in: '' },
  { name: 'Columbus Day', days: '1014|1013|1012|1018|1016|1015|1014|1013|1018', in: '' },
  { name: "All Saints' Day", days: '1104|1103|1102|1101|1106|1105|1104|1103|1101', in: '' },
  { name: 'Independence of Cartagena', days: '1111|1117|1116|1115|1113|1112|1111|1117|1115', in: '' },
  { name: 'Immaculate Conception', days: '1208', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'Virgin of Chiquinquirá', days: '||0713|0712|0710|0709|0715|0714|0712', in: '' },
];
