// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';

export const krNames: readonly HolidayName[] = [
  { name: "New Year's Day", days: '0101', in: '' },
  {
    name: 'Korean New Year',
    days: '0210 0211 0212|0129 0130 0131|0217 0218 0219|0207 0208 0209|0127 0128 0129|0213 0214 0215|0203 0204 0205|0123 0124 0125|0211 0212 0213',
    in: '',
  },
  { name: 'Korean New Year (substitute day)', days: '0212|||0209|||0205||', in: '' },
  { name: 'Independence Movement Day', days: '0301', in: '' },
  { name: "Children's Day", days: '0505', in: '' },
  { name: "Buddha's Birthday", days: '0515|0505|0524|0513|0502|0520|0509|0528|0516', in: '' },
  { name: "Buddha's Birthday (substitute day)", days: '|0506|0525|||0521|||0517', in: '' },
  { name: 'Memorial Day', days: '0606', in: '' },
  { name: 'Liberation Day', days: '0815', in: '' },
  {
    name: 'Korean Thanksgiving',
    days: '0916 0917 0918|1005 1006 1007|0924 0925 0926|0914 0915 0916|1002 1003 1004|0921 0922 0923|0911 0912 0913|0930 1001 1002|0918 0919 0920',
    in: '',
  },
  { name: 'National Foundation Day', days: '1003', in: '' },
  { name: 'Hangul Day', days: '1009', in: '' },
  { name: 'Christmas Day', days: '1225', in: '' },
  { name: "Children's Day (substitute day)", days: '0506|0506||||0507|0506||', in: '' },
  { name: 'Independence Movement Day (substitute day)', days: '|0303|0302|||||0303|', in: '' },
  { name: 'Korean Thanksgiving (substitute day)', days: '|1008|||1005|0924|||0921', in: '' },
  { name: 'Constitution Day', days: '||0717|0717|0717|0717|0717|0717|0717', in: '' },
  { name: 'Liberation Day (substitute day)', days: '||0817|0816|||||0816', in: '' },
  { name: 'National Foundation Day (substitute day)', days: '||1005|1004|1005||||1004', in: '' },
  { name: 'Constitution Day (substitute day)', days: '|||0719|||||0719', in: '' },
  { name: 'Hangul Day (substitute day)', days: '|||1011|||||1011', in: '' },
  { name: 'Christmas Day (substitute day)', days: '|||1227|||||1227', in: '' },
];
