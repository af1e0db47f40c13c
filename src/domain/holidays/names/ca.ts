// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const caNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '' },
  { name: 'Canada Day', days: '0701', in: '' },
  { name: 'Labour Day', days: '0902|0901|0907|0906|0904|0903|0902|0901|0906', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: 'Family Day', days: '0219|0217|0216|0215|0221|0219|0218|0217|0216', in: 'AB BC NB ON SK' },
  {
    name: 'Victoria Day',
    days: '0520|0519|0518|0524|0522|0521|0520|0519|0524',
    in: 'AB BC MB NT NU ON SK YT',
  },
  {
    name: 'Thanksgiving',
    days: '1014|1013|1012|1011|1009|1008|1014|1013|1011',
    in: 'AB BC MB NT NU ON QC SK YT',
  },
  { name: 'Remembrance Day', days: '1111', in: 'AB BC NB NS NT NU PE SK YT' },
  { name: 'British Columbia Day', days: '0805|0804|0803|0802|0807|0806|0805|0804|0802', in: 'BC' },
  { name: 'Louis Riel Day', days: '0219|0217|0216|0215|0221|0219|0218|0217|0216', in: 'MB' },
  { name: 'New Brunswick Day', days: '0805|0804|0803|0802|0807|0806|0805|0804|0802', in: 'NB' },
  { name: 'Memorial Day', days: '0701', in: 'NL' },
  { name: 'Armistice Day', days: '1111', in: 'NL' },
  { name: 'Heritage Day', days: '0219|0217|0216|0215|0221|0219|0218|0217|0216', in: 'NS' },
  { name: 'Easter Monday', days: '0401|0421|0406|0329|0417|0402|0422|0414|0329', in: 'NT ON YT' },
  { name: 'National Indigenous Peoples Day', days: '0621', in: 'NT YT' },
  { name: 'Civic Holiday', days: '0805|0804|0803|0802|0807|0806|0805|0804|0802', in: 'NT NU' },
  { name: 'Boxing Day', days: '1226', in: 'NT ON' },
  { name: 'Islander Day', days: '0219|0217|0216|0215|0221|0219|0218|0217|0216', in: 'PE' },
  { name: 'Gold Cup Parade Day', days: '0816|0815|0821|0820|0818|0817|0816|0815|0820', in: 'PE' },
  { name: "National Patriots' Day", days: '0520|0519|0518|0524|0522|0521|0520|0519|0524', in: 'QC' },
  { name: 'National Holiday', days: '0624', in: 'QC' },
  { name: 'Saskatchewan Day', days: '0805|0804|0803|0802|0807|0806|0805|0804|0802', in: 'SK' },
  { name: 'Discovery Day', days: '0819|0818|0817|0816|0821|0820|0819|0818|0816', in: 'YT' },
];
