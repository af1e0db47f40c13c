// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const twNames: readonly HolidayName[] = [
  { name: 'Founding of the Republic of China', days: '0101', in: '' },
  { name: 'Founding of the Republic of China (substitute day)', days: '|||1231|||||1231', in: '' },
  { name: "Chinese New Year's Eve", days: '0209|0128|0216|0205|0125|0212|0202|0122|0210', in: '' },
  { name: 'Chinese New Year', days: '0210|0129|0217|0206|0126|0213|0203|0123|0211', in: '' },
  {
    name: 'The second day of the Chinese New Year',
    days: '0211|0130|0218|0207|0127|0214|0204|0124|0212',
    in: '',
  },
  {
    name: 'The third day of the Chinese New Year',
    days: '0212|0131|0219|0208|0128|0215|0205|0125|0213',
    in: '',
  },
  {
    name: 'The forth day of the Chinese New Year',
    days: '0213|0201|0220|0209|0129|0216|0206|0126|0214',
    in: '',
  },
  { name: 'Chinese New Year Holiday', days: '0214|0202|0221|0210|0130|0217|0207|0127|0215', in: '' },
  { name: 'Peace Memorial Day', days: '0228', in: '' },
  { name: "Children's Day", days: '0404', in: '' },
  { name: 'Tomb Sweeping Day', days: '0404|0404|0405|0405|0404|0404|0405|0405|0404', in: '' },
  { name: 'Dragon Boat Festival', days: '0610|0531|0619|0609|0528|0616|0605|0624|0612', in: '' },
  { name: 'Mid-Autumn Festival', days: '0917|1006|0925|0915|1003|0922|0912|1001|0919', in: '' },
  { name: 'National Day / Double Tenth Day', days: '1010', in: '' },
  { name: 'Tomb Sweeping Day (substitute day)', days: '||0406||||||0405', in: '' },
  { name: 'Peace Memorial Day (substitute day)', days: '|||0301|||||', in: '' },
  { name: "Children's Day (substitute day)", days: '|||0405|||||0405', in: '' },
  { name: 'National Day / Double Tenth Day (substitute day)', days: '|||1011|||||1011', in: '' },
  { name: 'Dragon Boat Festival (substitute day)', days: '||||0529||||', in: '' },
  { name: 'Mid-Autumn Festival (substitute day)', days: '||||||||0920', in: '' },
];
