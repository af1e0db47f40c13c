// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.
// Data: CC BY-SA 3.0, see NOTICE.
import type { HolidayName } from '../country-holidays.ts';
import { aeNames } from './ae.ts';
import { arNames } from './ar.ts';
import { atNames } from './at.ts';
import { auNames } from './au.ts';
import { beNames } from './be.ts';
import { bgNames } from './bg.ts';
import { bhNames } from './bh.ts';
import { brNames } from './br.ts';
import { caNames } from './ca.ts';
import { chNames } from './ch.ts';
import { clNames } from './cl.ts';
import { cnNames } from './cn.ts';
import { coNames } from './co.ts';
import { crNames } from './cr.ts';
import { cyNames } from './cy.ts';
import { czNames } from './cz.ts';
import { deNames } from './de.ts';
import { dkNames } from './dk.ts';
import { eeNames } from './ee.ts';
import { egNames } from './eg.ts';
import { esNames } from './es.ts';
import { fiNames } from './fi.ts';
import { fjNames } from './fj.ts';
import { frNames } from './fr.ts';
import { gbNames } from './gb.ts';
import { ggNames } from './gg.ts';
import { ghNames } from './gh.ts';
import { giNames } from './gi.ts';
import { grNames } from './gr.ts';
import { hkNames } from './hk.ts';
import { hrNames } from './hr.ts';
import { huNames } from './hu.ts';
import { idNames } from './id.ts';
import { ieNames } from './ie.ts';
import { ilNames } from './il.ts';
import { imNames } from './im.ts';
import { inNames } from './in.ts';
import { isNames } from './is.ts';
import { itNames } from './it.ts';
import { jeNames } from './je.ts';
import { joNames } from './jo.ts';
import { jpNames } from './jp.ts';
import { keNames } from './ke.ts';
import { krNames } from './kr.ts';
import { kwNames } from './kw.ts';
import { liNames } from './li.ts';
import { lkNames } from './lk.ts';
import { ltNames } from './lt.ts';
import { luNames } from './lu.ts';
import { lvNames } from './lv.ts';
import { maNames } from './ma.ts';
import { mcNames } from './mc.ts';
import { mtNames } from './mt.ts';
import { mxNames } from './mx.ts';
import { myNames } from './my.ts';
import { ngNames } from './ng.ts';
import { nlNames } from './nl.ts';
import { noNames } from './no.ts';
import { nzNames } from './nz.ts';
import { omNames } from './om.ts';
import { peNames } from './pe.ts';
import { phNames } from './ph.ts';
import { plNames } from './pl.ts';
import { prNames } from './pr.ts';
import { ptNames } from './pt.ts';
import { qaNames } from './qa.ts';
import { roNames } from './ro.ts';
import { rsNames } from './rs.ts';
import { saNames } from './sa.ts';
import { seNames } from './se.ts';
import { sgNames } from './sg.ts';
import { siNames } from './si.ts';
import { skNames } from './sk.ts';
import { thNames } from './th.ts';
import { trNames } from './tr.ts';
import { twNames } from './tw.ts';
import { uaNames } from './ua.ts';
import { usNames } from './us.ts';
import { vnNames } from './vn.ts';
import { zaNames } from './za.ts';

/** By ISO 3166-1 alpha-2. */
export const holidayNames: Readonly<Record<string, readonly HolidayName[]>> = {
  AE: aeNames,
  AR: arNames,
  AT: atNames,
  AU: auNames,
  BE: beNames,
  BG: bgNames,
  BH: bhNames,
  BR: brNames,
  CA: caNames,
  CH: chNames,
  CL: clNames,
  CN: cnNames,
  CO: coNames,
  CR: crNames,
  CY: cyNames,
  CZ: czNames,
  DE: deNames,
  DK: dkNames,
  EE: eeNames,
  EG: egNames,
  ES: esNames,
  FI: fiNames,
  FJ: fjNames,
  FR: frNames,
  GB: gbNames,
  GG: ggNames,
  GH: ghNames,
  GI: giNames,
  GR: grNames,
  HK: hkNames,
  HR: hrNames,
  HU: huNames,
  ID: idNames,
  IE: ieNames,
  IL: ilNames,
  IM: imNames,
  IN: inNames,
  IS: isNames,
  IT: itNames,
  JE: jeNames,
  JO: joNames,
  JP: jpNames,
  KE: keNames,
  KR: krNames,
  KW: kwNames,
  LI: liNames,
  LK: lkNames,
  LT: ltNames,
  LU: luNames,
  LV: lvNames,
  MA: maNames,
  MC: mcNames,
  MT: mtNames,
  MX: mxNames,
  MY: myNames,
  NG: ngNames,
  NL: nlNames,
  NO: noNames,
  NZ: nzNames,
  OM: omNames,
  PE: peNames,
  PH: phNames,
  PL: plNames,
  PR: prNames,
  PT: ptNames,
  QA: qaNames,
  RO: roNames,
  RS: rsNames,
  SA: saNames,
  SE: seNames,
  SG: sgNames,
  SI: siNames,
  SK: skNames,
  TH: thNames,
  TR: trNames,
  TW: twNames,
  UA: uaNames,
  US: usNames,
  VN: vnNames,
  ZA: zaNames,
};
