import { Type } from '@fastify/type-provider-typebox';
import type { PolicyEffect } from '../../dunning/effect.store.ts';
import type { CustomerPolicy, PolicyDocument } from '../../policies/document.ts';
import { channels, senders, stages } from '../../policies/step.ts';
import { By, CurrencyCode, DayText, Input, orNull, Words } from './schema.ts';

const Key = Words(40, 'Small letters, digits and _.');
const Name = Words(200, 'For people.');
const bounds = { minimum: -1_000_000, maximum: 1_000_000 };
const Whole = Type.Integer(bounds);
const DebtorType = Type.Enum(['business', 'sole_trader', 'consumer', 'unknown']);
const AmountsBody = Type.Record(
  Type.String({ minLength: 1, maxLength: 20 }),
  Type.Integer({ minimum: -1e15, maximum: 1e15 }),
  { description: 'Minor units by ISO 4217 currency; a currency that is not in it has none.' },
);

const StepBody = Input({
  key: Key,
  name: Name,
  offsetDays: Type.Integer({
    minimum: -10_000,
    maximum: 10_000,
    description: 'After the due date; below zero: before it.',
  }),
  offsetUnit: Type.Enum(['calendar', 'business']),
  channel: Type.Enum([...channels]),
  stage: Type.Enum([...stages]),
  template: Words(40, 'Key of the wording.'),
  sender: Type.Enum([...senders], { description: 'Who signs it; of a call, who makes it.' }),
  recipients: Input({
    contacts: Type.Boolean(),
    escalation: Type.Boolean({
      description: 'The escalation contact of the customer is copied in; a call is to them.',
    }),
    informSales: Type.Boolean({ description: 'The sales owner hears of it before it goes out.' }),
  }),
  needsPerson: Type.Boolean(),
  payWithinDays: Whole,
  conditions: Input({
    segments: orNull(Type.Array(Key, { maxItems: 100 })),
    minimum: AmountsBody,
    debtorTypes: orNull(Type.Array(DebtorType, { maxItems: 4 })),
    daysSincePayment: orNull(Whole),
  }),
  consequence: orNull(Key),
  waitsBusinessDays: orNull(Whole),
  repeat: orNull(Input({ everyDays: Whole, most: Whole })),
});

const settings = {
  sequence: orNull(Key),
  window: Input({ from: Words(10, 'HH:MM, included.'), to: Words(10, 'HH:MM, not included.') }),
  sendDays: Type.Array(Whole, { maxItems: 14, description: 'ISO weekdays, 1 is Monday.' }),
  minGapBusinessDays: Whole,
  restAfterPaymentBusinessDays: Whole,
  promiseGraceBusinessDays: Whole,
  caps: Input({ perWeek: Whole, perMonth: Whole }),
  minimumBalance: AmountsBody,
  worthACall: AmountsBody,
  worthALetter: AmountsBody,
  statement: Input({
    forWhom: Type.Enum(['nobody', 'several_open', 'everybody']),
    businessDay: Whole,
  }),
  thankYou: Type.Boolean(),
  lateFee: orNull(
    Input({
      kind: Type.Enum(['statutory', 'contract']),
      yearlyRateBp: orNull(Whole),
      graceDays: Whole,
      attestedBy: orNull(Type.String({ maxLength: 300 })),
      attestedOn: orNull(Type.String({ maxLength: 20 })),
    }),
  ),
};

/** What a segment or a customer says for itself: any of the settings. */
const SomeSettings = Type.Partial(Input(settings), { additionalProperties: false });

const broken = (description: string) => Type.Integer({ ...bounds, description });

const SegmentBody = Input({
  key: Key,
  name: Name,
  when: Type.Partial(
    Input({
      invoicesAtMost: Whole,
      settledAtLeast: Whole,
      latePercentAtLeast: Whole,
      latePercentAtMost: Whole,
      averageDaysLateAtLeast: Whole,
      averageDaysLateAtMost: Whole,
      brokenPromisesAtLeast: broken('Promises that the books showed to be broken within 12 months (R11).'),
      brokenPromisesAtMost: broken('Of the same; 0: whoever broke none.'),
      openAtLeast: AmountsBody,
      debtorTypes: Type.Array(DebtorType, { maxItems: 4 }),
      groups: Type.Array(Words(200, 'As the ledger names it.'), { maxItems: 100 }),
      byHandOnly: Type.Literal(true),
    }),
    { additionalProperties: false },
  ),
  settings: SomeSettings,
  paused: Type.Boolean(),
});

const document = {
  preset: Type.Enum(['gentle', 'standard', 'letter_first'], { description: 'What it started from.' }),
  sequences: Type.Array(
    Input({ key: Key, name: Name, steps: Type.Array(StepBody, { maxItems: 100 }), paused: Type.Boolean() }),
    { maxItems: 100 },
  ),
  settings: Input(settings),
  segments: Type.Array(SegmentBody, { maxItems: 100, description: 'The first match wins.' }),
};

const Version = Type.Integer({ minimum: 1, description: 'Decisions name it.' });
const ExpectedVersion = Type.Integer({
  minimum: 0,
  description:
    'The version that the change was made from; another one in force is a conflict. 0: there was none.',
});

/** A policy as it is written and sent. */
export const PolicyBodySchema = Input(document);
/** A policy as it is answered. */
export const PolicyAnswer = Type.Unsafe<PolicyDocument>(Type.Object({ version: Version, ...document }));
export const NewPolicy = Input({ expectedVersion: ExpectedVersion, document: PolicyBodySchema, by: By });
export const NewPreset = Input({ expectedVersion: ExpectedVersion, preset: document.preset, by: By });

export const FaultBody = Type.Object({
  path: Type.String({ description: 'Where: sequences.0.steps.2.offsetDays' }),
  words: Type.String(),
  action: Type.String({ description: 'What to do.' }),
  level: Type.Enum(['refuse', 'warn'], { description: 'warn: it can be saved all the same.' }),
});

const own = {
  segment: orNull(Key),
  settings: SomeSettings,
  paused: Type.Boolean(),
};
export const CustomerPolicyAnswer = Type.Unsafe<CustomerPolicy>(
  Type.Object({
    version: Type.Integer({ minimum: 0, description: '0: it never had anything of its own.' }),
    ...own,
  }),
);
export const NewCustomerPolicy = Input({ expectedVersion: ExpectedVersion, ...own, by: By });

const NextUpBody = orNull(
  Type.Object({
    stepKey: Type.String(),
    stepName: Type.String(),
    channel: Type.Enum([...channels]),
    on: DayText,
  }),
);
export const EffectAnswer = Type.Unsafe<PolicyEffect>(
  Type.Object({
    cases: Type.Integer({ description: 'Looked at.' }),
    more: Type.Boolean({ description: 'The company has more.' }),
    changed: Type.Array(
      Type.Object({
        customerId: Type.String(),
        customerName: Type.String(),
        currency: CurrencyCode,
        before: NextUpBody,
        after: NextUpBody,
        why: orNull(Type.String({ description: 'Why nothing comes, when nothing does.' })),
      }),
    ),
  }),
);
