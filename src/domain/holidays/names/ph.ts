// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const phNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Maundy Thursday', days: '0328|0417|0402|0325|0413|0329|0418|0410|0325', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '' },
  { name: 'Day of Valor', days: '0409', in: '' },
  { name: 'Easter Sunday', days: '0331|0420|0405|0328|0416|0401|0421|0413|0328', in: '' },
  { name: 'End of Ramadan (Eid al-Fitr)', days: '0410|0330|0320|0309|0226|0214|0204|0124|0114', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'Independence Day', days: '0612', in: '' },
  {
    name: 'Feast of the Sacrifice (Eid al-Adha)',
    days: '0616|0606|0527|0516|0505|0424|0413|0402|0322',
    in: '',
  },
  { name: "National Heroes' Day", days: '0826|0825|0831|0830|0828|0827|0826|0825|0830', in: '' },
  { name: 'Bonifacio Day', days: '1130', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'Rizal Day', days: '1230', in: '' },
];
