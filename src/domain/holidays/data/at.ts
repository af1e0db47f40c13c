// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { CountryHolidays } from '../country-holidays.ts';

export const atHolidays: CountryHolidays = {
  national:
    '0101 0106 0401 0501 0509 0520 0530 0815 1026 1101 1208 1225 1226|0101 0106 0421 0501 0529 0609 0619 0815 1026 1101 1208 1225 1226|0101 0106 0406 0501 0514 0525 0604 0815 1026 1101 1208 1225 1226|0101 0106 0329 0501 0506 0517 0527 0815 1026 1101 1208 1225 1226|0101 0106 0417 0501 0525 0605 0615 0815 1026 1101 1208 1225 1226|0101 0106 0402 0501 0510 0521 0531 0815 1026 1101 1208 1225 1226|0101 0106 0422 0501 0530 0610 0620 0815 1026 1101 1208 1225 1226|0101 0106 0414 0501 0522 0602 0612 0815 1026 1101 1208 1225 1226|0101 0106 0329 0501 0506 0517 0527 0815 1026 1101 1208 1225 1226',
  usual: '||||||||',
  regions: {
    '1': { name: 'Burgenland', days: '||||||||' },
    '2': { name: 'Kärnten', days: '||||||||' },
    '3': { name: 'Niederösterreich', days: '||||||||' },
    '4': { name: 'Oberösterreich', days: '||||||||' },
    '5': { name: 'Land Salzburg', days: '||||||||' },
    '6': { name: 'Steiermark', days: '||||||||' },
    '7': { name: 'Tirol', days: '||||||||' },
    '8': { name: 'Vorarlberg', days: '||||||||' },
    '9': { name: 'Wien', days: '||||||||' },
  },
};
