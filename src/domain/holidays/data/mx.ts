// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { CountryHolidays } from '../country-holidays.ts';

export const mxHolidays: CountryHolidays = {
  national:
    '0101 0205 0318 0501 0916 1118 1201 1225|0101 0203 0317 0501 0916 1117 1225|0101 0202 0316 0501 0916 1116 1225|0101 0201 0315 0501 0916 1115 1225|0101 0207 0320 0501 0916 1120 1225|0101 0205 0319 0501 0916 1119 1225|0101 0204 0318 0501 0916 1118 1201 1225|0101 0203 0317 0501 0916 1117 1225|0101 0202 0315 0501 0916 1115 1225',
  usual: '||||||||',
  regions: {},
};
