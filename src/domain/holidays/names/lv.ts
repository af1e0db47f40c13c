// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const lvNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '' },
  { name: 'Easter Sunday', days: '0331|0420|0405|0328|0416|0401|0421|0413|0328', in: '' },
  { name: 'Easter Monday', days: '0401|0421|0406|0329|0417|0402|0422|0414|0329', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'Restoration of Independence day', days: '0504', in: '' },
  { name: 'Bronze medal of the Latvian hockey team at the 2023 World Hockey Championship', days: '', in: '' },
  { name: 'Midsummer Eve', days: '0623', in: '' },
  { name: 'Midsummer', days: '0624', in: '' },
  { name: 'Republic Day', days: '1118', in: '' },
  { name: 'Republic Day (substitute day)', days: '||||1120|1119|||', in: '' },
  { name: 'Christmas Eve', days: '1224', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'Boxing Day', days: '1226', in: '' },
  { name: "New Year's Eve", days: '1231', in: '' },
  { name: 'Restoration of Independence day (substitute day)', days: '0506|0505|||||0506|0505|', in: '' },
];
