// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const sgNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: "New Year's Day (substitute day)", days: '', in: '' },
  {
    name: 'Chinese New Year',
    days: '0210 0211|0129 0130|0217 0218|0206 0207|0126 0127|0213 0214|0203 0204|0123 0124|0211 0212',
    in: '',
  },
  { name: 'Chinese New Year (substitute day)', days: '0212|||0208|||0205||', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '' },
  { name: 'Hari Raya Puasa', days: '0410|0331|0321|0309|0226|0214|0204|0124|0114', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'Vesak Day', days: '0522|0512|0531 0601||||||', in: '' },
  { name: 'Hari Raya Haji', days: '0616|0607|0527|0516|0505|0424|0413|0402|0322', in: '' },
  { name: 'National Day', days: '0809', in: '' },
  { name: 'Presidential Election Day', days: '', in: '' },
  { name: 'Deepavali', days: '1031|1020|1108 1109|1028|1115|1105|1025||', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'National Day (substitute day)', days: '||0810||||||', in: '' },
];
