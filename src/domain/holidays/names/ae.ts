// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const aeNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: "Laylat al-Mi'raj", days: '0208|0127|0116|0105 1225|1214|1203|1123|1112|1101', in: '' },
  { name: 'First day of Ramadan', days: '0311|0301|0218|0208|0128|0116|0105 1226|1215|1204', in: '' },
  {
    name: 'End of Ramadan (Eid al-Fitr)',
    days: '0410 0411 0412|0330 0331 0401|0320 0321 0322|0309 0310 0311|0226 0227 0228|0214 0215 0216|0204 0205 0206|0124 0125 0126|0114 0115 0116',
    in: '',
  },
  {
    name: 'Feast of the Sacrifice (Eid al-Adha)',
    days: '0616 0617 0618|0606 0607 0608|0527 0528 0529|0516 0517 0518|0505 0506 0507|0424 0425 0426|0413 0414 0415|0402 0403 0404|0322 0323 0324',
    in: '',
  },
  { name: 'Islamic New Year', days: '0707|0626|0616|0606|0525|0514|0503|0423|0411', in: '' },
  { name: 'Birthday of Muhammad (Mawlid)', days: '0915|0904|0825|0814|0803|0724|0713|0702|0620', in: '' },
  { name: 'National Day', days: '1202', in: '' },
];
