// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const thNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Makha Bucha', days: '0224|0213|0303||||||', in: '' },
  { name: 'Chakri Memorial Day', days: '0406', in: '' },
  { name: 'Songkran Festival', days: '0413 0414 0415', in: '' },
  { name: 'Coronation Day', days: '0504', in: '' },
  { name: 'Vesak Day', days: '0522|0512|0531||||||', in: '' },
  { name: "Queen Suthida's Birthday", days: '0603', in: '' },
  { name: "King's Birthday", days: '0728', in: '' },
  { name: 'Asalha Puja', days: '0719|0710|0729||||||', in: '' },
  { name: 'Buddhist Lent', days: '0720|0711|0730||||||', in: '' },
  { name: "The Queen Mother's Birthday", days: '0812', in: '' },
  { name: 'King Bhumibol Adulyadej Memorial Day', days: '1013', in: '' },
  { name: 'King Chulalongkorn Day', days: '1023', in: '' },
  { name: "King Bhumibol Adulyadej's Birthday", days: '1205', in: '' },
  { name: 'Constitution Day', days: '1210', in: '' },
  { name: "New Year's Eve", days: '1231', in: '' },
];
