// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const clNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Día adicional', days: '', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '' },
  { name: 'Easter Sunday', days: '0331|0420|0405|0328|0416|0401|0421|0413|0328', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'Navy Day', days: '0521', in: '' },
  { name: "Indigenous People's Day", days: '0620|0620|0621|0621|0620|0620|0621|0621|0620', in: '' },
  { name: 'Saints Peter and Paul', days: '0629|0629|0629|0628|0626|0702|0629|0629|0628', in: '' },
  { name: 'Our Lady of Mount Carmel', days: '0716', in: '' },
  { name: 'Assumption', days: '0815', in: '' },
  { name: 'National holiday', days: '0918|0918|0918|0917 0918|0918|0917 0918|0918|0918|0917 0918', in: '' },
  { name: 'Army Day', days: '0919', in: '' },
  { name: 'Columbus Day', days: '1012|1012|1012|1011|1009|1015|1012|1012|1011', in: '' },
  { name: 'Reformation Day', days: '1031|1031|1031|1031|1027|1102|1031|1031|1031', in: '' },
  { name: "All Saints' Day", days: '1101', in: '' },
  { name: 'Immaculate Conception', days: '1208', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'National Holiday', days: '0920||||||0920||', in: '' },
  { name: 'Battle of Arica', days: '0607', in: 'AP' },
];
