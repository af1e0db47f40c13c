// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { CountryHolidays } from '../country-holidays.ts';

export const frHolidays: CountryHolidays = {
  national:
    '0101 0401 0501 0508 0509 0520 0714 0815 1101 1111 1225|0101 0421 0501 0508 0529 0609 0714 0815 1101 1111 1225|0101 0406 0501 0508 0514 0525 0714 0815 1101 1111 1225|0101 0329 0501 0506 0508 0517 0714 0815 1101 1111 1225|0101 0417 0501 0508 0525 0605 0714 0815 1101 1111 1225|0101 0402 0501 0508 0510 0521 0714 0815 1101 1111 1225|0101 0422 0501 0508 0530 0610 0714 0815 1101 1111 1225|0101 0414 0501 0508 0522 0602 0714 0815 1101 1111 1225|0101 0329 0501 0506 0508 0517 0714 0815 1101 1111 1225',
  usual: '0329|0418|0403|0326|0414|0330|0419|0411|0326',
  regions: {
    '57': {
      name: 'Département Moselle',
      days: '0329 1226|0418 1226|0403 1226|0326 1226|0414 1226|0330 1226|0419 1226|0411 1226|0326 1226',
    },
    '67': {
      name: 'Département Bas-Rhin',
      days: '0329 1226|0418 1226|0403 1226|0326 1226|0414 1226|0330 1226|0419 1226|0411 1226|0326 1226',
    },
    '68': {
      name: 'Département Haut-Rhin',
      days: '0329 1226|0418 1226|0403 1226|0326 1226|0414 1226|0330 1226|0419 1226|0411 1226|0326 1226',
    },
    YT: {
      name: "Département et région d'outre-mer Mayotte",
      days: '0427|0427|0427|0427|0427|0427|0427|0427|0427',
    },
    MQ: {
      name: "Département et région d'outre-mer Martinique",
      days: '0329 0522|0418 0522|0403 0522|0326 0522|0414 0522|0330 0522|0419 0522|0411|0326 0522',
    },
    GP: {
      name: "Département et région d'outre-mer Guadeloupe",
      days: '0329 0527|0418 0527|0403 0527|0326 0527|0414 0527|0330 0527|0419 0527|0411 0527|0326 0527',
    },
    GF: {
      name: "Département et région d'outre-mer Guyane",
      days: '0610|0610|0610|0610|0610|0610||0610|0610',
    },
    RE: {
      name: "Département et région d'outre-mer La Réunion",
      days: '1220|1220|1220|1220|1220|1220|1220|1220|1220',
    },
    MF: {
      name: "Département et région d'outre-mer Saint Martin",
      days: '0527|0527|0527|0527|0527|0527|0527|0527|0527',
    },
    BL: {
      name: "Département et région d'outre-mer Saint Barthélemy",
      days: '1009|1009|1009|1009|1009|1009|1009|1009|1009',
    },
  },
};
