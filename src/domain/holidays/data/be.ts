// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { CountryHolidays } from '../country-holidays.ts';

export const beHolidays: CountryHolidays = {
  national:
    '0101 0401 0501 0509 0520 0721 0815 1101 1111 1225|0101 0421 0501 0529 0609 0721 0815 1101 1111 1225|0101 0406 0501 0514 0525 0721 0815 1101 1111 1225|0101 0329 0501 0506 0517 0721 0815 1101 1111 1225|0101 0417 0501 0525 0605 0721 0815 1101 1111 1225|0101 0402 0501 0510 0521 0721 0815 1101 1111 1225|0101 0422 0501 0530 0610 0721 0815 1101 1111 1225|0101 0414 0501 0522 0602 0721 0815 1101 1111 1225|0101 0329 0501 0506 0517 0721 0815 1101 1111 1225',
  usual: '||||||||',
  regions: {
    BRU: { name: 'Bruxelles', days: '||||||||' },
    DE: { name: 'Deutschsprachige Gemeinschaft', days: '||||||||' },
    VLG: { name: 'Vlaamse Gemeenschap', days: '||||||||' },
    WAL: { name: 'Communauté française', days: '||||||||' },
  },
};
