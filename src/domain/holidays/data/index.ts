// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { CountryHolidays } from '../country-holidays.ts';
import { aeHolidays } from './ae.ts';
import { arHolidays } from './ar.ts';
import { atHolidays } from './at.ts';
import { auHolidays } from './au.ts';
import { beHolidays } from './be.ts';
import { bgHolidays } from './bg.ts';
import { bhHolidays } from './bh.ts';
import { brHolidays } from './br.ts';
import { caHolidays } from './ca.ts';
import { chHolidays } from './ch.ts';
import { clHolidays } from './cl.ts';
import { cnHolidays } from './cn.ts';
import { coHolidays } from './co.ts';
import { crHolidays } from './cr.ts';
import { cyHolidays } from './cy.ts';
import { czHolidays } from './cz.ts';
import { deHolidays } from './de.ts';
import { dkHolidays } from './dk.ts';
import { eeHolidays } from './ee.ts';
import { egHolidays } from './eg.ts';
import { esHolidays } from './es.ts';
import { fiHolidays } from './fi.ts';
import { fjHolidays } from './fj.ts';
import { frHolidays } from './fr.ts';
import { gbHolidays } from './gb.ts';
import { ggHolidays } from './gg.ts';
import { ghHolidays } from './gh.ts';
import { giHolidays } from './gi.ts';
import { grHolidays } from './gr.ts';
import { hkHolidays } from './hk.ts';
import { hrHolidays } from './hr.ts';
import { huHolidays } from './hu.ts';
import { idHolidays } from './id.ts';
import { ieHolidays } from './ie.ts';
import { ilHolidays } from './il.ts';
import { imHolidays } from './im.ts';
import { inHolidays } from './in.ts';
import { isHolidays } from './is.ts';
import { itHolidays } from './it.ts';
import { jeHolidays } from './je.ts';
import { joHolidays } from './jo.ts';
import { jpHolidays } from './jp.ts';
import { keHolidays } from './ke.ts';
import { krHolidays } from './kr.ts';
import { kwHolidays } from './kw.ts';
import { liHolidays } from './li.ts';
import { lkHolidays } from './lk.ts';
import { ltHolidays } from './lt.ts';
import { luHolidays } from './lu.ts';
import { lvHolidays } from './lv.ts';
import { maHolidays } from './ma.ts';
import { mcHolidays } from './mc.ts';
import { mtHolidays } from './mt.ts';
import { mxHolidays } from './mx.ts';
import { myHolidays } from './my.ts';
import { ngHolidays } from './ng.ts';
import { nlHolidays } from './nl.ts';
import { noHolidays } from './no.ts';
import { nzHolidays } from './nz.ts';
import { omHolidays } from './om.ts';
import { peHolidays } from './pe.ts';
import { phHolidays } from './ph.ts';
import { plHolidays } from './pl.ts';
import { prHolidays } from './pr.ts';
import { ptHolidays } from './pt.ts';
import { qaHolidays } from './qa.ts';
import { roHolidays } from './ro.ts';
import { rsHolidays } from './rs.ts';
import { saHolidays } from './sa.ts';
import { seHolidays } from './se.ts';
import { sgHolidays } from './sg.ts';
import { siHolidays } from './si.ts';
import { skHolidays } from './sk.ts';
import { thHolidays } from './th.ts';
import { trHolidays } from './tr.ts';
import { twHolidays } from './tw.ts';
import { uaHolidays } from './ua.ts';
import { usHolidays } from './us.ts';
import { vnHolidays } from './vn.ts';
import { zaHolidays } from './za.ts';

/** By ISO 3166-1 alpha-2. */
export const holidayData: Readonly<Record<string, CountryHolidays>> = {
  AE: aeHolidays,
  AR: arHolidays,
  AT: atHolidays,
  AU: auHolidays,
  BE: beHolidays,
  BG: bgHolidays,
  BH: bhHolidays,
  BR: brHolidays,
  CA: caHolidays,
  CH: chHolidays,
  CL: clHolidays,
  CN: cnHolidays,
  CO: coHolidays,
  CR: crHolidays,
  CY: cyHolidays,
  CZ: czHolidays,
  DE: deHolidays,
  DK: dkHolidays,
  EE: eeHolidays,
  EG: egHolidays,
  ES: esHolidays,
  FI: fiHolidays,
  FJ: fjHolidays,
  FR: frHolidays,
  GB: gbHolidays,
  GG: ggHolidays,
  GH: ghHolidays,
  GI: giHolidays,
  GR: grHolidays,
  HK: hkHolidays,
  HR: hrHolidays,
  HU: huHolidays,
  ID: idHolidays,
  IE: ieHolidays,
  IL: ilHolidays,
  IM: imHolidays,
  IN: inHolidays,
  IS: isHolidays,
  IT: itHolidays,
  JE: jeHolidays,
  JO: joHolidays,
  JP: jpHolidays,
  KE: keHolidays,
  KR: krHolidays,
  KW: kwHolidays,
  LI: liHolidays,
  LK: lkHolidays,
  LT: ltHolidays,
  LU: luHolidays,
  LV: lvHolidays,
  MA: maHolidays,
  MC: mcHolidays,
  MT: mtHolidays,
  MX: mxHolidays,
  MY: myHolidays,
  NG: ngHolidays,
  NL: nlHolidays,
  NO: noHolidays,
  NZ: nzHolidays,
  OM: omHolidays,
  PE: peHolidays,
  PH: phHolidays,
  PL: plHolidays,
  PR: prHolidays,
  PT: ptHolidays,
  QA: qaHolidays,
  RO: roHolidays,
  RS: rsHolidays,
  SA: saHolidays,
  SE: seHolidays,
  SG: sgHolidays,
  SI: siHolidays,
  SK: skHolidays,
  TH: thHolidays,
  TR: trHolidays,
  TW: twHolidays,
  UA: uaHolidays,
  US: usHolidays,
  VN: vnHolidays,
  ZA: zaHolidays,
};
