// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const uaNames: readonly HolidayName[] = [
  { name: 'New Year', days: '0101 0102', in: '' },
  { name: 'New Year (substitute day)', days: '|||0104|0103 0104||||', in: '' },
  {
    name: "International Women's Day",
    days: '0308|0308 0310|0308 0309|0308|0308|0308|0308|0308 0310|0308',
    in: '',
  },
  { name: 'Orthodox Easter', days: '0505|0420|0412|0502|0416|0408|0428|0413|0502', in: '' },
  { name: 'Orthodox Easter (substitute day)', days: '0506|0421|0413|0503|0417|0409|0429|0414|0503', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'Victory Day', days: '0509', in: '' },
  { name: 'Pentecost', days: '0623|0608|0531|0620|0604|0527|0616|0601|0620', in: '' },
  { name: 'Pentecost (substitute day)', days: '0624|0609|0601|0621|0605|0528|0617|0602|0621', in: '' },
  { name: 'Constitution Day', days: '0628', in: '' },
  { name: 'Statehood Day', days: '0715|0715|0715|0715|0715 0717|0715 0716|0715|0715|0715', in: '' },
  { name: 'Independence Day', days: '0824', in: '' },
  { name: 'Defenders of Ukraine Day', days: '1001', in: '' },
  { name: 'Defenders of Ukraine Day (substitute day)', days: '||||1002||||', in: '' },
  { name: 'Christmas Day', days: '1225|1225|1225|1225 1227|1225|1225|1225|1225|1225 1227', in: '' },
  { name: 'Independence Day (substitute day)', days: '0826|0825|||||0826|0825|', in: '' },
  { name: 'Constitution Day (substitute day)', days: '|0630|0629|||||0630|', in: '' },
  { name: 'Victory Day (substitute day)', days: '||0511|0510|||||0510', in: '' },
  { name: 'Labour Day (substitute day)', days: '|||0504|||||0504', in: '' },
];
