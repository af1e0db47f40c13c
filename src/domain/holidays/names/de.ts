// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const deNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '' },
  { name: 'Easter Monday', days: '0401|0421|0406|0329|0417|0402|0422|0414|0329', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'Ascension Day', days: '0509|0529|0514|0506|0525|0510|0530|0522|0506', in: '' },
  { name: 'Whit Monday', days: '0520|0609|0525|0517|0605|0521|0610|0602|0517', in: '' },
  { name: 'National Holiday', days: '1003', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'Boxing Day', days: '1226', in: '' },
  { name: 'Easter Sunday', days: '0331|0420|0405|0328|0416|0401|0421|0413|0328', in: 'BB' },
  { name: 'Pentecost', days: '0519|0608|0524|0516|0604|0520|0609|0601|0516', in: 'BB' },
  { name: 'Reformation Day', days: '1031', in: 'BB HB HH MV NI SH SN ST TH' },
  { name: "International Women's Day", days: '0308', in: 'BE MV' },
  { name: 'Liberation Day (80th Anniversary)', days: '|0508|||||||', in: 'BE' },
  { name: '75th anniversary of the GDR uprising', days: '||||0617||||', in: 'BE' },
  { name: 'Epiphany', days: '0106', in: 'BW BY ST' },
  { name: 'Corpus Christi', days: '0530|0619|0604|0527|0615|0531|0620|0612|0527', in: 'BW BY HE NW RP SL' },
  { name: "All Saints' Day", days: '1101', in: 'BW BY NW RP SL' },
  { name: 'Assumption', days: '0815', in: 'SL' },
  { name: 'Day of Prayer and Repentance', days: '1120|1119|1118|1117|1122|1121|1120|1119|1117', in: 'SN' },
  { name: "International Children's Day", days: '0920', in: 'TH' },
];
