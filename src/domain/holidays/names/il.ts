// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const ilNames: readonly HolidayName[] = [
  { name: 'Passover (Pesach)', days: '0423|0413|0402|0422|0411|0331|0418|0408|0327', in: '' },
  { name: 'Mimouna, Seventh day of Passover', days: '0429|0419|0408|0428|0417|0406|0424|0414|0402', in: '' },
  { name: 'Independence Day (Yom HaAtzmaut)', days: '0514|0501|0422|0512|0502|0419|0508|0429|0415', in: '' },
  { name: 'Shavuot (Feast of Weeks)', days: '0612|0602|0522|0611|0531|0520|0607|0528|0516', in: '' },
  { name: 'Rosh Hashanah (Yom Teruah)', days: '1003|0923|0912|1002|0921|0910|0928|0918|0906', in: '' },
  { name: 'Rosh Hashanah (Day 2)', days: '1004|0924|0913|1003|0922|0911|0929|0919|0907', in: '' },
  { name: 'Day of Atonement (Yom Kippur)', days: '1012|1002|0921|1011|0930|0919|1007|0927|0915', in: '' },
  { name: 'Feast of Tabernacles (Sukkot)', days: '1017|1007|0926|1016|1005|0924|1012|1002|0920', in: '' },
  { name: 'Simchat Torah/ Shmini Atzeret', days: '1024|1014|1003|1023|1012|1001|1019|1009|0927', in: '' },
];
