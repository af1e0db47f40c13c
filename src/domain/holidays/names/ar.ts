// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const arNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Shrove Monday', days: '0212|0303|0216|0208|0228|0212|0304|0224|0209', in: '' },
  { name: 'Shrove Tuesday', days: '0213|0304|0217|0209|0229|0213|0305|0225|0210', in: '' },
  { name: 'Day of Remembrance for Truth and Justice', days: '0324', in: '' },
  { name: 'Day of the Veterans and the Fallen in the Malvinas War', days: '0402', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'Day of the May Revolution', days: '0525', in: '' },
  { name: 'Bridge Day', days: '0401 0621 1011||||||||', in: '' },
  {
    name: 'Anniversary of the Passing to Immortality of General Martín Miguel de Güemes',
    days: '0617|0616|0615|0621|0617|0617|0617|0616|0621',
    in: '',
  },
  { name: 'Anniversary of the Passing to Immortality of General Manuel Belgrano', days: '0620', in: '' },
  { name: 'Independence Day', days: '0709', in: '' },
  {
    name: 'Anniversary of the Passing to Immortality of General José de San Martín',
    days: '0817|0817|0817|0816|0821|0820|0817|0817|0816',
    in: '',
  },
  {
    name: 'Day of Respect for Cultural Diversity',
    days: '1012|1012|1012|1011|1016|1015|1012|1012|1011',
    in: '',
  },
  { name: 'Day of National Sovereignty', days: '1118|1124|1123|1120|1120|1119|1118|1124|1120', in: '' },
  { name: 'Immaculate Conception of Mary', days: '1208', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
];
