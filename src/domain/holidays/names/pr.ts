// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const prNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: "New Year's Day (substitute day)", days: '|||1231|||||1231', in: '' },
  { name: 'Epiphany', days: '0106', in: '' },
  {
    name: 'Birthday of Eugenio María de Hostos',
    days: '0108|0113|0112|0111|0110|0108|0114|0113|0112',
    in: '',
  },
  { name: 'Martin Luther King Jr. Day', days: '0115|0120|0119|0118|0117|0115|0121|0120|0119', in: '' },
  { name: 'Birthday of Luis Muñoz Marín', days: '0218', in: '' },
  { name: "Washington's Birthday", days: '0219|0217|0216|0215|0221|0219|0218|0217|0216', in: '' },
  { name: 'American Citizenship Day', days: '0302', in: '' },
  { name: 'Emancipation Day', days: '0322', in: '' },
  { name: 'Birthday of José de Diego', days: '0416', in: '' },
  { name: 'Memorial Day', days: '0527|0526|0525|0531|0529|0528|0527|0526|0531', in: '' },
  { name: 'Juneteenth', days: '0619', in: '' },
  { name: 'Independence Day', days: '0704', in: '' },
  { name: 'Birthday of Don Luis Muñoz Rivera', days: '0715|0721|0720|0719|0717|0716|0715|0721|0719', in: '' },
  { name: 'Puerto Rico Constitution Day', days: '0725', in: '' },
  { name: 'Birthday of Dr. José Celso Barbosa', days: '0727', in: '' },
  { name: 'Labour Day', days: '0902|0901|0907|0906|0904|0903|0902|0901|0906', in: '' },
  { name: 'Columbus Day', days: '1014|1013|1012|1011|1009|1008|1014|1013|1011', in: '' },
  { name: 'Veterans Day', days: '1111', in: '' },
  { name: 'Discovery of Puerto Rico', days: '1119', in: '' },
  { name: 'Thanksgiving Day', days: '1128|1127|1126|1125|1123|1122|1128|1127|1125', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'Independence Day (substitute day)', days: '||0703|0705|||||0705', in: '' },
  { name: 'Juneteenth (substitute day)', days: '|||0618|||||0618', in: '' },
  { name: 'Christmas Day (substitute day)', days: '|||1224|||||1224', in: '' },
];
