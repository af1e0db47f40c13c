// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const mxNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Constitution Day', days: '0205|0203|0202|0201|0207|0205|0204|0203|0202', in: '' },
  { name: "Benito Juárez's birthday", days: '0318|0317|0316|0315|0320|0319|0318|0317|0315', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'Independence Day', days: '0916', in: '' },
  { name: 'Revolution Day', days: '1118|1117|1116|1115|1120|1119|1118|1117|1115', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'Change of Federal Government', days: '1201||||||1201||', in: '' },
];
