// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const maNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Anniversary of the Independence Manifesto', days: '0111', in: '' },
  { name: 'End of Ramadan (Eid al-Fitr)', days: '0410|0330|0320|0309|0226|0214|0204|0124|0114', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  {
    name: 'Feast of the Sacrifice (Eid al-Adha)',
    days: '0616|0606|0527|0516|0505|0424|0413|0402|0322',
    in: '',
  },
  { name: 'Islamic New Year', days: '0707|0626|0616|0606|0525|0514|0503|0423|0411', in: '' },
  { name: 'Feast of the Throne', days: '0730', in: '' },
  { name: 'Anniversary of the Recovery Oued Ed-Dahab', days: '0814', in: '' },
  { name: 'Anniversary of the Revolution of the King and the People', days: '0820', in: '' },
  { name: 'Youth Day', days: '0821', in: '' },
  { name: 'Birthday of Muhammad (Mawlid)', days: '0915|0904|0825|0814|0803|0724|0713|0702|0620', in: '' },
  { name: 'Anniversary of the Green March', days: '1106', in: '' },
  { name: 'Independence Day', days: '1118', in: '' },
];
