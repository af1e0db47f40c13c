// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { CountryHolidays } from '../country-holidays.ts';

export const nlHolidays: CountryHolidays = {
  national:
    '0101 0331 0401 0427 0509 0519 0520 1225 1226|0101 0420 0421 0426 0529 0608 0609 1225 1226|0101 0405 0406 0427 0514 0524 0525 1225 1226|0101 0328 0329 0427 0506 0516 0517 1225 1226|0101 0416 0417 0427 0525 0604 0605 1225 1226|0101 0401 0402 0427 0510 0520 0521 1225 1226|0101 0421 0422 0427 0530 0609 0610 1225 1226|0101 0413 0414 0426 0522 0601 0602 1225 1226|0101 0328 0329 0427 0506 0516 0517 1225 1226',
  usual: '||||||||',
  regions: {
    GR: { name: 'Groningen', days: '||||||||' },
    NH: { name: 'Noord-Holland', days: '||||||||' },
    ZH: { name: 'Zuid-Holland', days: '||||||||' },
  },
};
