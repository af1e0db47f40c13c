import { Type } from '@fastify/type-provider-typebox';
import type { CustomerLaw } from '../../dunning/law-of.store.ts';
import type { ListedRule } from '../../policies/law/law-for.ts';
import { channels, stages } from '../../policies/step.ts';
import { DayText, orNull } from './schema.ts';

const RuleId = Type.String({ description: 'Of a rule in the list of rules.' });
const Channels = Type.Array(Type.Enum([...channels]));
const DebtorTypes = Type.Enum(['business', 'sole_trader', 'consumer']);

export const RuleBody = Type.Object({
  id: Type.String(),
  pack: Type.String({ description: 'Key of its law pack, for example us-nyc.' }),
  packName: Type.String(),
  words: Type.String({ description: 'What it asks, in a sentence.' }),
  source: Type.String({ description: 'Where it stands: statute, regulation, guideline or Duly’s own rule.' }),
  from: orNull(Type.String({ description: 'First day in force; null: open.' })),
  until: orNull(Type.String({ description: 'First day no longer in force; null: open.' })),
  enforce: Type.Enum(['block', 'warn', 'disclose']),
  forWhom: Type.Array(DebtorTypes),
  state: Type.Enum(['on', 'kept', 'off'], {
    description: 'on: planning goes by it; kept: another part of Duly keeps it; off: not confirmed yet.',
  }),
  keptBy: orNull(Type.String()),
  doubt: orNull(
    Type.String({ description: 'What of it is not confirmed, and what was done about that; null: nothing.' }),
  ),
});

export const LawBody = Type.Object({
  day: DayText,
  packs: Type.Array(Type.String()),
  treatedAs: DebtorTypes,
  asked: Type.Object(
    {
      debtorCountry: orNull(Type.String()),
      debtorRegion: orNull(Type.String()),
      debtorCity: orNull(Type.String()),
      debtorPostcode: orNull(Type.String()),
      debtorType: Type.String(),
      creditorCountry: Type.String(),
      allBusinesses: Type.Boolean(),
      emailConsent: orNull(Type.Boolean()),
    },
    { description: 'What the answer rests on; what is null takes the stricter reading.' },
  ),
  caps: Type.Array(
    Type.Object({ channels: Channels, days: Type.Integer(), most: Type.Integer(), rule: RuleId }),
    { description: 'At most so many contacts of these channels in any so many days; all hold.' },
  ),
  windows: Type.Array(
    Type.Object({
      channels: Channels,
      from: Type.String(),
      to: Type.String({ description: 'The end is outside.' }),
      days: Type.Array(Type.Integer({ description: 'ISO weekday, 1 = Monday.' })),
      rule: RuleId,
    }),
    { description: 'The customer’s own wall-clock time; all hold, in every zone.' },
  ),
  zones: Type.Array(Type.String({ description: 'IANA name.' })),
  businessDay: Type.Boolean({ description: 'Whether `day` is one where the customer is.' }),
  holidays: Type.Array(DayText, { description: 'Public holidays where the customer is, 60 days ahead.' }),
  calendarDoubt: orNull(Type.String()),
  minGapBusinessDays: Type.Object({ days: Type.Integer(), rule: RuleId }),
  blocked: Type.Array(
    Type.Object({
      what: Type.Enum([...channels, 'service_style', 'consequence', 'court', 'interest', 'escalation_copy']),
      rule: RuleId,
    }),
  ),
  deadlines: Type.Array(Type.Object({ stage: Type.Enum([...stages]), days: Type.Integer(), rule: RuleId })),
  disclosures: Type.Array(
    Type.Object({ part: Type.String(), words: Type.String(), when: Type.String(), rule: RuleId }),
  ),
  warnings: Type.Array(Type.Object({ stage: orNull(Type.Enum([...stages])), rule: RuleId })),
  rules: Type.Array(RuleBody, { description: 'Every rule that holds for this customer on this day.' }),
});

export function ruleBody(rule: ListedRule) {
  const { effect, for: forWhom, id, pack, packName, words, source, from, until, enforce, doubt } = rule;
  return {
    ...{ id, pack, packName, words, source, from, until, enforce, doubt },
    forWhom: [...forWhom],
    state: effect.kind === 'kept' || effect.kind === 'off' ? effect.kind : ('on' as const),
    keptBy: effect.kind === 'kept' ? effect.by : null,
  };
}

/** Rules by their ids; each stands in full in `rules`. */
export function lawBody(found: CustomerLaw) {
  const { law, asked, day, zones, businessDay, holidays, calendarDoubt } = found;
  const short = <T extends { readonly rule: { readonly id: string } }>(entry: T) => ({
    ...entry,
    rule: entry.rule.id,
  });
  return {
    day,
    packs: [...law.packs],
    treatedAs: law.treatedAs,
    asked: { ...asked },
    caps: law.caps.map((cap) => ({ ...short(cap), channels: [...cap.channels] })),
    windows: law.windows.map((window) => ({
      ...short(window),
      channels: [...window.channels],
      days: [...window.days],
    })),
    zones: [...zones],
    businessDay,
    holidays: [...holidays],
    calendarDoubt,
    minGapBusinessDays: short(law.minGapBusinessDays),
    blocked: law.blocked.map(short),
    deadlines: law.deadlines.map(short),
    disclosures: law.disclosures.map(short),
    warnings: law.warnings.map(short),
    rules: found.rules.map(ruleBody),
  };
}
