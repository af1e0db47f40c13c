import { type TProperties, Type } from '@fastify/type-provider-typebox';
import { hows, MOST_GRACE, MOST_INSTALMENTS, MOST_INVOICES } from '../../receivables/agreements/agreement.ts';
import { By, DayText, Input, Instant, LedgerId, Money, orNull, Words } from './schema.ts';

const state = {
  promise: ['pending', 'kept', 'part_kept', 'broken', 'withdrawn'],
  plan: ['active', 'completed', 'breached', 'withdrawn'],
  offer: ['open', 'accepted', 'lapsed', 'withdrawn'],
} as const;
const all = [...new Set([...state.promise, ...state.plan, ...state.offer])];

const Covered = Type.Object({
  invoiceId: Type.String(),
  number: orNull(Type.String()),
  openThen: Type.Object(Money.properties, { description: 'Open when it was agreed.' }),
  open: Type.Object(Money.properties, { description: 'Open now, by the books.' }),
});

const InstalmentBody = Type.Object({
  number: Type.Integer(),
  dueOn: DayText,
  graceUntil: DayText,
  amount: Money,
  received: Money,
  state: Type.Enum(['paid', 'part_paid', 'due', 'upcoming', 'late'], {
    description: 'What was received fills the instalments, oldest first; late: its grace is over.',
  }),
});

const described = (description: string) => Type.Object(Money.properties, { description });

/** A promise, plan or offer: one shape for all three. */
export const AgreementBody = Type.Object({
  agreementId: Type.String(),
  kind: Type.Enum(['promise', 'plan', 'offer']),
  state: Type.Enum(all, {
    description: `Decided by the books. ${Object.entries(state)
      .map(([kind, states]) => `${kind}: ${states.join(', ')}`)
      .join('; ')}.`,
  }),
  words: Type.String({ description: 'Where it stands, in one sentence with its figures.' }),
  customerId: Type.String({ description: 'Who is chased for the invoices.' }),
  customerName: Type.String(),
  amount: described('Promised, the total of the plan, or the reduced sum.'),
  debt: described('Open on its invoices when it was agreed.'),
  received: described('By the books, when they were last judged.'),
  missing: described('Of the amount.'),
  dueOn: Type.String({ description: 'The promised day, the last instalment, the last day of the offer.' }),
  graceUntil: Type.String({ description: 'The last day on which it holds its invoices.' }),
  nextOn: orNull(Type.String({ description: 'The next day that counts; null: it is over.' })),
  wholeCustomer: Type.Boolean({
    description: 'True: all that the customer owes in this currency is held, not only the invoices.',
  }),
  saidBy: Type.String(),
  how: Type.Enum([...hows]),
  note: Type.String(),
  madeOn: DayText,
  madeBy: Type.String(),
  createdAt: Instant,
  settledOn: orNull(DayText),
  invoices: Type.Array(Covered),
  instalments: Type.Array(InstalmentBody, { description: 'Of a plan; empty for the others.' }),
});

/** A promise also answers what the hold that goes with it says, under the names that holds have. */
export const PromiseAnswer = Type.Object({
  ...AgreementBody.properties,
  holdId: orNull(Type.String({ description: 'The first hold that goes with it; null: none stands.' })),
  scope: Type.Enum(['customer', 'invoice']),
  invoiceId: orNull(Type.String({ description: 'Null: several, or the whole customer.' })),
  reason: Type.String(),
  setBy: Type.String(),
  startsOn: DayText,
  endsOn: DayText,
  inForce: Type.Boolean({ description: 'Today.' }),
});

/** An amount that is sent: integer minor units, above 0. */
const Amount = Type.Object(
  {
    minor: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  },
  { additionalProperties: false, description: 'In the currency of the invoices.' },
);

const common = {
  customerId: Type.Optional(LedgerId),
  invoiceIds: Type.Optional(
    Type.Array(LedgerId, {
      minItems: 1,
      maxItems: MOST_INVOICES,
      uniqueItems: true,
      description: 'Of one customer and currency. Absent: everything of the customer that is past due.',
    }),
  ),
  currency: Type.Optional(
    Type.String({
      pattern: '^[A-Z]{3}$',
      description: 'Needed only where the customer is past due in several.',
    }),
  ),
  how: Type.Optional(Type.Enum([...hows], { description: 'How it was agreed; `other` if not given.' })),
  note: Type.Optional(Words(500, 'Anything worth keeping.')),
  by: By,
} satisfies TProperties;

const SaidBy = Type.Optional(Words(200, 'Who said it; the customer’s name if not given.'));

export const PromiseBody = Input({
  ...common,
  invoiceId: Type.Optional(LedgerId),
  date: DayText,
  amount: Type.Optional(Amount),
  saidBy: SaidBy,
  reason: Type.Optional(Words(500, 'The older name of `note`.')),
});

export const PlanBody = Input({
  ...common,
  instalments: Type.Array(Input({ dueOn: DayText, amount: Amount }), {
    minItems: 2,
    maxItems: MOST_INSTALMENTS,
    description: 'In the order of their days; they add up to what is open on the invoices.',
  }),
  graceBusinessDays: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: MOST_GRACE,
      description: 'Beyond an instalment’s day, before it is a breach; 2 if not given.',
    }),
  ),
  saidBy: SaidBy,
});

export const OfferBody = Input({
  ...common,
  reduced: Type.Optional(Amount),
  discountPercent: Type.Optional(
    Type.Number({
      exclusiveMinimum: 0,
      exclusiveMaximum: 100,
      description: 'Instead of `reduced`: off what is open, at most two decimals.',
    }),
  ),
  validUntil: DayText,
});

export const WithdrawBody = Input({ reason: Words(500, 'Why, in a few words.'), by: By });
