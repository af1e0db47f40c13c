// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const cnNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  {
    name: 'Spring Festival',
    days: '0209 0210 0211|0128 0129 0130|0216 0217 0218|0205 0206 0207|0125 0126 0127|0212 0213 0214|0202 0203 0204|0122 0123 0124|0210 0211 0212',
    in: '',
  },
  { name: "International Women's Day", days: '0308', in: '' },
  { name: 'Qingming Festival', days: '0404|0404|0405|0405|0404|0404|0405|0405|0404', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'Youth Day', days: '0504', in: '' },
  { name: "Children's Day", days: '0601', in: '' },
  { name: 'Dragon Boat Festival', days: '0610|0531|0619|0609|0528|0616|0605|0624|0612', in: '' },
  { name: 'Army Day', days: '0801', in: '' },
  { name: 'Mid-Autumn Festival', days: '0917|1006|0925|0915|1003|0922|0912|1001|0919', in: '' },
  { name: 'National Day', days: '1001 1002 1003', in: '' },
];
