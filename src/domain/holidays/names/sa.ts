// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const saNames: readonly HolidayName[] = [
  { name: 'Founding Day', days: '0222', in: '' },
  {
    name: 'End of Ramadan (Eid al-Fitr)',
    days: '0409 0410 0411 0412|0330 0331 0401 0402|0319 0320 0321 0322|0309 0310 0311 0312|0226 0227 0228 0229|0214 0215 0216 0217|0203 0204 0205 0206|0124 0125 0126 0127|0113 0114 0115 0116',
    in: '',
  },
  {
    name: 'Feast of the Sacrifice (Eid al-Adha)',
    days: '0615 0616 0617 0618|0605 0606 0607 0608|0526 0527 0528 0529|0515 0516 0517 0518|0504 0505 0506 0507|0423 0424 0425 0426|0412 0413 0414 0415|0401 0402 0403 0404|0321 0322 0323 0324',
    in: '',
  },
  { name: 'National Day', days: '0923', in: '' },
];
