// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const hkNames: readonly HolidayName[] = [
  { name: 'The day following the first day of January', days: '', in: '' },
  { name: 'The second day of Lunar New Year', days: '|0130|0218||0127|0214|0204|0124|0212', in: '' },
  { name: 'The third day of Lunar New Year', days: '0212|0131|0219|0208|0128|0215|0205|0125|0213', in: '' },
  { name: 'The fourth day of Lunar New Year', days: '0213|||0209|||0206||', in: '' },
  { name: 'Ching Ming Festival', days: '0404|0404||0405|0404|0404|0405|0405|', in: '' },
  { name: 'Good Friday', days: '0329|0418|0403|0326|0414|0330|0419|0411|0326', in: '' },
  { name: 'The day following Good Friday', days: '0330|0419|0404|0327|0415|0331|0420|0412|0327', in: '' },
  { name: 'Easter Monday', days: '0401|0421||0329|0417|0402|0422|0414|0329', in: '' },
  { name: 'Labour Day', days: '0501', in: '' },
  { name: 'Birthday of the Buddha', days: '0515|0505||0513|0502||0509|0528|', in: '' },
  { name: 'Tuen Ng Festival', days: '0610|0531|0619|0609||0616|0605|0624|0612', in: '' },
  {
    name: 'Hong Kong Special Administrative Region Establishment Day',
    days: '0701|0701|0701|0701|0701||0701|0701|0701',
    in: '',
  },
  {
    name: 'The day following the Chinese Mid-Autumn Festival',
    days: '0918|1007|0926|0916|1004||0913|1002|0920',
    in: '',
  },
  { name: 'The day following National Day', days: '||||1002||||', in: '' },
  { name: 'Chung Yeung Festival', days: '1011|1029||1008|1026|1016|1005|1024|1012', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  {
    name: 'The first weekday after Christmas Day',
    days: '1226|1226|1226|1227|1226|1226|1226|1226|1227',
    in: '',
  },
  { name: 'The first day of January', days: '0101', in: '' },
  { name: 'Lunar New Year’s Day', days: '0210|0129|0217|0206|0126|0213||0123|0211', in: '' },
  { name: 'National Day', days: '1001|1001|1001|1001||1001|1001|1001|1001', in: '' },
  { name: 'The day following Ching Ming Festival', days: '||0406||||||0405', in: '' },
  { name: 'The day following Easter Monday', days: '||0407||||||', in: '' },
  { name: 'The day following Birthday of the Buddha', days: '||0525|||0521|||0517', in: '' },
  { name: 'The day following Chung Yeung Festival', days: '||1019||||||', in: '' },
  { name: 'The day following Tuen Ng Festival', days: '||||0529||||', in: '' },
  {
    name: 'The day following Hong Kong Special Administrative Region Establishment Day',
    days: '|||||0702|||',
    in: '',
  },
  { name: 'The second day following the Chinese Mid-Autumn Festival', days: '|||||0924|||', in: '' },
];
