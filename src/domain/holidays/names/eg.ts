// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const egNames: readonly HolidayName[] = [
  { name: 'Christmas Day', days: '0107', in: '' },
  { name: 'National Police Day', days: '0125', in: '' },
  { name: 'Revolution Day 2011', days: '0125', in: '' },
  { name: 'Sham El Nessim', days: '0506|0421|0413|0503|0417|0409|0429|0414|0503', in: '' },
  {
    name: 'End of Ramadan (Eid al-Fitr)',
    days: '0410 0411 0412|0330 0331 0401|0320 0321 0322|0309 0310 0311|0226 0227 0228|0214 0215 0216|0204 0205 0206|0124 0125 0126|0114 0115 0116',
    in: '',
  },
  { name: 'Sinai Liberation Day', days: '0425', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  {
    name: 'Feast of the Sacrifice (Eid al-Adha)',
    days: '0616 0617 0618 0619|0606 0607 0608 0609|0527 0528 0529 0530|0516 0517 0518 0519|0505 0506 0507 0508|0424 0425 0426 0427|0413 0414 0415 0416|0402 0403 0404 0405|0322 0323 0324 0325',
    in: '',
  },
  { name: '30 June Day', days: '0630', in: '' },
  { name: 'Islamic New Year', days: '0707|0626|0616|0606|0525|0514|0503|0423|0411', in: '' },
  { name: 'Revolution Day', days: '0723', in: '' },
  { name: 'Birthday of Muhammad (Mawlid)', days: '0915|0904|0825|0814|0803|0724|0713|0702|0620', in: '' },
  { name: 'Armed Forces Day', days: '1006', in: '' },
];
