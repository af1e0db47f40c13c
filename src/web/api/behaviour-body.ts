import { Type } from '@fastify/type-provider-typebox';
import { DayText, Money, orNull } from './schema.ts';

const Count = Type.Integer({ minimum: 0 });
const Days = orNull(Type.Number({ description: 'Calendar days; null: not known.' }));

/** How a customer has paid so far: facts with what they rest on, no judgement (P15, P32). */
export const BehaviourBody = Type.Object(
  {
    since: Type.String({ description: 'The first day that counts: 24 months back.' }),
    settled: Type.Object({
      settled: Type.Integer({ description: 'Invoices settled since then, the day known.' }),
      withDueDate: Type.Integer({ description: 'Of those with a due date; the figures below rest on them.' }),
      settledLate: Count,
      averageDaysLate: Days,
      medianDaysLate: Days,
      longestDaysLate: Days,
      dayNotKnown: Type.Integer({
        description: 'Nothing is open on them, but payments and credits don’t tell since when.',
      }),
    }),
    lastPaymentOn: orNull(DayText),
    daysSinceLastPayment: orNull(Count),
    promises: Type.Object({ pending: Count, kept: Count, partKept: Count, broken: Count }),
    plans: Type.Object({ active: Count, completed: Count, breached: Count }),
    offers: Type.Object({ open: Count, accepted: Count, lapsed: Count }),
    disputes: Type.Integer({ description: 'Stated since then, settled ones included.' }),
    pastDue: Type.Array(
      Type.Object({
        total: Money,
        over90: Type.Object(Money.properties, { description: 'More than 90 days past due.' }),
        oldest: orNull(
          Type.Object({
            invoiceId: Type.String(),
            number: orNull(Type.String()),
            dueOn: DayText,
            daysLate: Count,
          }),
        ),
      }),
      { description: 'For each currency with something past due.' },
    ),
  },
  { description: 'Those who bill with this customer are included (R12).' },
);
