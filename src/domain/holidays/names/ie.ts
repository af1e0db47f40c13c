// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const ieNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'St. Brigid’s Day', days: '0205|0203|0202|0201|0207|0205|0201|0203|0202', in: '' },
  { name: 'St. Patrick’s Day', days: '0317', in: '' },
  { name: 'Easter Monday', days: '0401|0421|0406|0329|0417|0402|0422|0414|0329', in: '' },
  { name: 'First Monday in May', days: '0506|0505|0504|0503|0501|0507|0506|0505|0503', in: '' },
  { name: 'First Monday in June', days: '0603|0602|0601|0607|0605|0604|0603|0602|0607', in: '' },
  { name: 'First Monday in August', days: '0805|0804|0803|0802|0807|0806|0805|0804|0802', in: '' },
  { name: 'Last Monday in October', days: '1028|1027|1026|1025|1030|1029|1028|1027|1025', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'St. Stephen’s Day', days: '1226', in: '' },
];
