// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const zaNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Public Holiday', days: '0617|0428|0810|0322 1227|0925|1217|0617|0428|0322 1227', in: '' },
  { name: 'Human Rights Day', days: '0321', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '' },
  { name: 'Family Day', days: '0401|0421|0406|0329|0417|0402|0422|0414|0329', in: '' },
  { name: 'Freedom Day', days: '0427', in: '' },
  { name: "Workers' Day", days: '0501', in: '' },
  { name: 'Youth Day', days: '0616', in: '' },
  { name: "National Women's Day", days: '0809', in: '' },
  { name: 'Heritage Day', days: '0924', in: '' },
  { name: 'Rugby World Cup Win Public Holiday', days: '', in: '' },
  { name: 'Day of Reconciliation', days: '1216', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'Day of Goodwill', days: '1226', in: '' },
  { name: 'Voting Day', days: '0529||||||||', in: '' },
];
