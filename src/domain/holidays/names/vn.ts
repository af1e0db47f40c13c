// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const vnNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  {
    name: 'Vietnamese New Year Holidays',
    days: '0209 0210 0211 0212 0213|0128 0129 0130 0131 0201|0216 0217 0218 0219 0220|0205 0206 0207 0208 0209|0125 0126 0127 0128 0129|0212 0213 0214 0215 0216|0201 0202 0203 0204 0205|0122 0123 0124 0125 0126|0210 0211 0212 0213 0214',
    in: '',
  },
  { name: 'Vietnamese New Year', days: '0210|0129|0217|0206|0126|0213|0202|0123|0211', in: '' },
  { name: 'Hung Kings Commemorations', days: '0418|0407|0426|0416|0404|0423|0412|0401|0419', in: '' },
  { name: 'Day of liberating the South for national reunification', days: '0430', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'National Day', days: '0902', in: '' },
];
