// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const bhNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'End of Ramadan (Eid al-Fitr)', days: '0410|0330|0320|0309|0226|0214|0204|0124|0114', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'Arafat Day', days: '0615|0605|0526|0515|0504|0423|0412|0401|0321', in: '' },
  {
    name: 'Feast of the Sacrifice (Eid al-Adha)',
    days: '0616 0617 0618|0606 0607 0608|0527 0528 0529|0516 0517 0518|0505 0506 0507|0424 0425 0426|0413 0414 0415|0402 0403 0404|0322 0323 0324',
    in: '',
  },
  { name: 'Islamic New Year', days: '0707|0626|0616|0606|0525|0514|0503|0423|0411', in: '' },
  { name: 'Day of Ashura', days: '0716|0705|0625|0615|0603|0523|0512|0502|0420', in: '' },
  { name: 'Birthday of Muhammad (Mawlid)', days: '0915|0904|0825|0814|0803|0724|0713|0702|0620', in: '' },
  { name: 'National Day', days: '1216', in: '' },
  { name: 'Accession Day', days: '1217', in: '' },
];
