// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const nzNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: "Day after New Year's Day", days: '0102', in: '' },
  { name: "New Year's Day (substitute day)", days: '||||0103||||', in: '' },
  { name: 'Waitangi Day', days: '0206', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '' },
  { name: 'Easter Monday', days: '0401|0421|0406|0329|0417|0402|0422|0414|0329', in: '' },
  { name: 'ANZAC Day', days: '0425', in: '' },
  { name: "King's Birthday", days: '0603|0602|0601|0607|0605|0604|0603|0602|0607', in: '' },
  { name: 'Matariki', days: '0628|0620|0710|0625|0714|0706|0621|0711|0702', in: '' },
  { name: 'Labour Day', days: '1028|1027|1026|1025|1023|1022|1028|1027|1025', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'Boxing Day', days: '1226', in: '' },
  { name: 'ANZAC Day (substitute day)', days: '||0427|0426|||||0426', in: '' },
  { name: 'Boxing Day (substitute day)', days: '||1228|1228|||||1228', in: '' },
  { name: "Day after New Year's Day (substitute day)", days: '|||0104|0104||||', in: '' },
  { name: 'Waitangi Day (substitute day)', days: '|||0208|0207||||', in: '' },
  { name: 'Christmas Day (substitute day)', days: '|||1227|||||1227', in: '' },
  {
    name: 'Provincial anniversary day',
    days: '0129|0127|0126|0201|0131|0129|0128|0127|0126',
    in: 'AUK BOP GIS NTL WKO',
  },
  { name: 'Christchurch Show Day', days: '1115|1114|1113|1112|1117|1116|1115|1114|1112', in: 'CAN' },
  { name: 'Provincial anniversary day', days: '1202|1201|1130|1129|1127|1203|1202|1201|1129', in: 'CIT' },
  { name: 'Provincial anniversary day', days: '1025|1024|1023|1022|1020|1019|1025|1024|1022', in: 'HKB' },
  { name: 'Provincial anniversary day', days: '1104|1103|1102|1101|1030|1029|1104|1103|1101', in: 'MBH' },
  { name: 'Provincial anniversary day', days: '0122|0120|0119|0125|0124|0122|0121|0120|0119', in: 'MWT WGN' },
  { name: 'Provincial anniversary day', days: '0129|0203|0202|0201|0131|0129|0204|0203|0202', in: 'NSN TAS' },
  { name: 'Provincial anniversary day', days: '0325|0324|0323|0322|0320|0326|0325|0324|0322', in: 'OTA' },
  { name: 'Provincial anniversary day', days: '0402|0422|0407|0330|0418|0403|0423|0415|0330', in: 'STL' },
  { name: 'Provincial anniversary day', days: '0311|0310|0309|0308|0313|0312|0311|0310|0308', in: 'TKI' },
  { name: 'Provincial anniversary day', days: '1202|1201|1130|1129|1204|1203|1202|1201|1129', in: 'WTC' },
];
