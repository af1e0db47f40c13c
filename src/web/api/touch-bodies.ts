import { Type } from '@fastify/type-provider-typebox';
import { callResults } from '../../dunning/done.ts';
import { CurrencyCode, Instant, Money, orNull, Uuid } from './schema.ts';

/** What the answers about touches carry. */
export const TouchState = Type.Enum([
  'planned',
  'awaiting_approval',
  'approved',
  'reserved',
  'sent',
  'failed',
  'uncertain',
  'cancelled',
]);

/** Of the field `reason` where something is released. */
export const OVERRIDE = 'Why it goes out although the law warns of it; needed only then, and kept.';

const Touched = Type.Object({
  invoiceId: Type.String(),
  number: orNull(Type.String()),
  stepKey: Type.String({ description: 'The step it goes through; `listed`: only mentioned (S2).' }),
  open: Money,
  daysLate: Type.Integer(),
});

/** P5: whose a call is. */
export const CallTaskBody = orNull(
  Type.Object(
    {
      dueOn: Type.String({ description: 'Day in the company’s zone.' }),
      for: Type.Object({
        role: Type.Enum(['bookkeeper', 'owner', 'service']),
        name: orNull(Type.String({ description: 'As the brand names them now; null: nobody is named.' })),
        words: Type.String({ description: '“Anna Bell, bookkeeper”' }),
      }),
    },
    { description: 'Of a call (P5): who is to make it, never the sales owner, and from which day on.' },
  ),
);

const touch = {
  touchId: Uuid,
  caseId: Uuid,
  customerId: Type.String(),
  currency: CurrencyCode,
  stepKey: Type.String(),
  stepNumber: Type.Integer(),
  stepName: Type.String(),
  channel: Type.Enum(['email', 'letter', 'call', 'statement']),
  style: Type.Enum(['own', 'service']),
  recipient: Type.Object({
    name: Type.String(),
    email: Type.String({ description: 'Empty for a call or a letter.' }),
    address: orNull(Type.String({ description: 'Of a letter, in lines.' })),
    phone: orNull(Type.String({ description: 'Of a call.' })),
  }),
  task: CallTaskBody,
  state: TouchState,
  stateReason: orNull(Type.String()),
  ask: Money,
  plannedFor: Instant,
  createdAt: Instant,
  approvedAt: orNull(Instant),
  approvedBy: orNull(Type.String()),
  reservedAt: orNull(Instant),
  attempts: Type.Integer(),
  uncertainAt: orNull(Instant),
  sentAt: orNull(Instant),
  providerMessageId: orNull(Type.String()),
  messageId: orNull(Type.String()),
  delivery: orNull(
    Type.String({
      description:
        'delivered, returned (this once), bounced (for good) or complained, as the mail provider said.',
    }),
  ),
  deliveryAt: orNull(Instant),
  resendOf: orNull(Type.String({ description: 'The touch whose message it repeats to the byte (IDM-11).' })),
  sentNowBy: orNull(Type.String({ description: 'Who let it go outside the company’s own hours.' })),
  doneBy: orNull(Type.String({ description: 'Who called, or posted the letter.' })),
  outcome: orNull(
    Type.Object({
      result: orNull(Type.Enum([...callResults])),
      postedOn: orNull(Type.String()),
      note: Type.String(),
    }),
  ),
  printed: orNull(
    Type.Object(
      { at: Instant, by: Type.String(), payBy: Type.String() },
      { description: 'A letter: its page is kept as it was printed, and it may be in the post.' },
    ),
  ),
  invoices: Type.Array(Touched),
};

const message = {
  fromName: Type.String(),
  fromEmail: Type.String(),
  replyTo: Type.String(),
  subject: Type.String(),
  html: Type.String(),
  text: Type.String(),
};

export const TouchBody = Type.Object(touch);
export const Preview = Type.Object(message);
export const TouchWithMessage = Type.Object({
  ...touch,
  message: orNull(Type.Object({ ...message, composedAt: Instant })),
  copies: Type.Array(
    Type.Object({
      email: Type.String(),
      name: Type.String(),
      why: Type.Enum(['contact', 'escalation', 'blind']),
      state: Type.Enum(['waiting', 'reserved', 'sent', 'failed', 'uncertain', 'cancelled']),
      delivery: orNull(Type.Enum(['delivered', 'returned', 'bounced', 'complained'])),
    }),
    { description: 'Who got the same message besides, each by a message of their own.' },
  ),
});
