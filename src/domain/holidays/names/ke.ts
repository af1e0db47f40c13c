// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const keNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: "New Year's Day (substitute day)", days: '', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '' },
  { name: 'Easter Sunday', days: '0331|0420|0405|0328|0416|0401|0421|0413|0328', in: '' },
  { name: 'Easter Monday', days: '0401|0421|0406|0329|0417|0402|0422|0414|0329', in: '' },
  { name: 'End of Ramadan (Eid al-Fitr)', days: '0410|0330|0320|0309|0226|0214|0204|0124|0114', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'Madaraka Day', days: '0601', in: '' },
  {
    name: 'Feast of the Sacrifice (Eid al-Adha)',
    days: '0616|0606|0527|0516|0505|0424|0413|0402|0322',
    in: '',
  },
  { name: 'Moi Day', days: '1010', in: '' },
  { name: 'Mashujaa Day', days: '1020', in: '' },
  { name: 'Jamhuri Day', days: '1212', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'Boxing Day', days: '1226', in: '' },
  { name: 'Mashujaa Day (substitute day)', days: '1021||||||1021||', in: '' },
  { name: 'Madaraka Day (substitute day)', days: '|0602||||||0602|', in: '' },
  { name: 'Moi Day (substitute day)', days: '|||1011|||||1011', in: '' },
  { name: 'Jamhuri Day (substitute day)', days: '|||1213|||||1213', in: '' },
  { name: 'Boxing Day (substitute day)', days: '|||1227|||||1227', in: '' },
];
