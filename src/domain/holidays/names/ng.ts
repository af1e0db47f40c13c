// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const ngNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '' },
  { name: 'Easter Monday', days: '0401|0421|0406|0329|0417|0402|0422|0414|0329', in: '' },
  {
    name: 'Id el Fitr',
    days: '0410 0411|0330 0331|0320 0321|0309 0310|0226 0227|0214 0215|0204 0205|0124 0125|0114 0115',
    in: '',
  },
  { name: "Worker's Day", days: '0501', in: '' },
  { name: "Children's Day", days: '0527', in: '' },
  { name: 'Democracy Day', days: '0612', in: '' },
  {
    name: 'Id el Kabir',
    days: '0616 0617|0606 0607|0527 0528|0516 0517|0505 0506|0424 0425|0413 0414|0402 0403|0322 0323',
    in: '',
  },
  { name: 'Islamic New Year', days: '0707|0626|0616|0606|0525|0514|0503|0423|0411', in: '' },
  { name: 'Birthday of Muhammad (Mawlid)', days: '0915|0904|0825|0814|0803|0724|0713|0702|0620', in: '' },
  { name: 'Independence Day', days: '1001', in: '' },
  { name: 'National Youth Day', days: '1101', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'Boxing Day', days: '1226', in: '' },
  { name: "Worker's Day (substitute day)", days: '|||0503|||||0503', in: '' },
  { name: 'Democracy Day (substitute day)', days: '|||0614|||||0614', in: '' },
];
