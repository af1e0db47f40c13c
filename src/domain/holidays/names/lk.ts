// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const lkNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Duruthu Full Moon Poya Day', days: '0103', in: '' },
  { name: 'Tamil Thai Pongal Day', days: '0115', in: '' },
  { name: 'Navam Full Moon Poya Day', days: '0201', in: '' },
  { name: 'National Day', days: '0204', in: '' },
  { name: 'Mahasivarathri Day', days: '0215', in: '' },
  { name: 'Madin Full Moon Poya Day', days: '0302', in: '' },
  { name: 'Id-Ul-Fitr (Ramazan Festival Day)', days: '0321', in: '' },
  { name: 'Bak Full Moon Poya Day', days: '0401', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '' },
  { name: 'Day before Sinhala and Tamil New Year', days: '0413', in: '' },
  { name: 'Sinhala and Tamil New Year', days: '0414', in: '' },
  { name: 'Labour Day and Vesak Full Moon Poya Day', days: '0501', in: '' },
  { name: 'Day following Vesak Full Moon Poya Day', days: '0502', in: '' },
  { name: 'Id-Ul-Alha (Hadji Festival Day)', days: '0528', in: '' },
  { name: 'Adhi Poson Full Moon Poya Day', days: '0530', in: '' },
  { name: 'Poson Full Moon Poya Day', days: '0629', in: '' },
  { name: 'Esala Full Moon Poya Day', days: '0729', in: '' },
  { name: "Milad-Un-Nabi (Holy Prophet's Birthday)", days: '0826', in: '' },
  { name: 'Nikini Full Moon Poya Day', days: '0827', in: '' },
  { name: 'Binara Full Moon Poya Day', days: '0926', in: '' },
  { name: 'Vap Full Moon Poya Day', days: '1025', in: '' },
  { name: 'Deepavali Festival Day', days: '1108', in: '' },
  { name: 'Il Full Moon Poya Day', days: '1124', in: '' },
  { name: 'Unduvap Full Moon Poya Day', days: '1223', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
];
