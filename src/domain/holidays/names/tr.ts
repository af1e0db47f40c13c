// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const trNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  {
    name: 'End of Ramadan (Eid al-Fitr)',
    days: '0410 0411 0412 0413|0330 0331 0401 0402|0320 0321 0322 0323|0309 0310 0311 0312|0226 0227 0228 0229|0214 0215 0216 0217|0204 0205 0206 0207|0124 0125 0126 0127|0114 0115 0116 0117',
    in: '',
  },
  { name: "National Sovereignty and Children's Day", days: '0423', in: '' },
  { name: 'Labour and Solidarity Day', days: '0501', in: '' },
  { name: 'Commemoration of Atatürk, Youth and Sports Day', days: '0519', in: '' },
  {
    name: 'Feast of the Sacrifice (Eid al-Adha)',
    days: '0616 0617 0618 0619 0620|0606 0607 0608 0609 0610|0527 0528 0529 0530 0531|0516 0517 0518 0519 0520|0505 0506 0507 0508 0509|0424 0425 0426 0427 0428|0413 0414 0415 0416 0417|0402 0403 0404 0405 0406|0322 0323 0324 0325 0326',
    in: '',
  },
  { name: 'Democracy and National Unity Day', days: '0715', in: '' },
  { name: 'Victory Day', days: '0830', in: '' },
  { name: 'Republic Day', days: '1029', in: '' },
];
