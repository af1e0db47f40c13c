// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const idNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Chinese New Year', days: '0210|0129|0217|0206|0126|0213|0203|0123|0211', in: '' },
  { name: "Laylat al-Mi'raj", days: '0208|0127|0116|0105 1225|1214|1203|1123|1112|1101', in: '' },
  { name: 'Nyepi', days: '0311|0329|0319|0308|||||', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '' },
  {
    name: 'End of Ramadan (Eid al-Fitr)',
    days: '0410 0411|0330 0331|0320 0321|0309 0310|0226 0227|0214 0215|0204 0205|0124 0125|0114 0115',
    in: '',
  },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'Vesak Day', days: '0523|0512|0531|0520|||||', in: '' },
  { name: 'Ascension Day', days: '0509|0529|0514|0506|0525|0510|0530|0522|0506', in: '' },
  { name: 'Pancasila Day', days: '0601', in: '' },
  {
    name: 'Feast of the Sacrifice (Eid al-Adha)',
    days: '0616|0606|0527|0516|0505|0424|0413|0402|0322',
    in: '',
  },
  { name: 'Islamic New Year', days: '0707|0626|0616|0606|0525|0514|0503|0423|0411', in: '' },
  { name: 'Independence Day', days: '0817', in: '' },
  { name: 'Birthday of Muhammad (Mawlid)', days: '0915|0905|0825|0814|0803|0724|0713|0702|0620', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
];
