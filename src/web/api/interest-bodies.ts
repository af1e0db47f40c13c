import { Type } from '@fastify/type-provider-typebox';
import type { Currency } from '../../domain/currency.ts';
import type { Day } from '../../domain/day.ts';
import { sumMinor } from '../../domain/money.ts';
import type { InvoiceInterest } from '../../dunning/interest-of.store.ts';
import type { PaidLateList } from '../../dunning/paid-late.store.ts';
import type { PaidLate } from '../../dunning/paid-late.ts';
import type { InterestAnswer } from '../../policies/law/interest.ts';
import { CurrencyCode, DayText, Money, money, moneyOrNull, orNull } from './schema.ts';

const Told = Type.Array(
  Type.Object({ rule: Type.String(), words: Type.String(), source: orNull(Type.String()) }),
);

const answer = {
  kind: Type.Enum(['sum', 'nothing', 'refused']),
  interest: orNull(Money),
  fixedSum: orNull(Money),
  words: orNull(Type.String({ description: 'One sentence for the reader.' })),
  reasons: Told,
  warnings: Told,
};

const invoice = { invoiceId: Type.String(), number: orNull(Type.String()), dueOn: DayText };

const PaidLateBody = Type.Object(
  {
    since: Type.String({ description: 'Paid after this day: twelve months before `until`.' }),
    until: DayText,
    items: Type.Array(
      Type.Object({
        ...invoice,
        paidOn: orNull(
          Type.String({ description: 'When nothing was owed any more; null: the books do not tell.' }),
        ),
        daysLate: orNull(Type.Integer()),
        owedWhenLate: orNull(Money),
        ...answer,
      }),
      { description: 'The latest paid first.' },
    ),
    totals: Type.Array(
      Type.Object({
        currency: CurrencyCode,
        interest: Money,
        fixedSum: Money,
        withoutSum: Type.Integer({ description: 'Invoices of this currency of which no sum is known.' }),
      }),
    ),
    cut: Type.Boolean({
      description: 'There are more; those paid first are left out. Ask for an earlier day.',
    }),
  },
  { description: 'A claim of its own: no reminder asks for it, and it is in no sum of open invoices.' },
);

/** Late-payment interest of a customer: what is open, and apart from it what was paid late. */
export const InterestBody = Type.Object({
  day: DayText,
  items: Type.Array(Type.Object({ ...invoice, ...answer })),
  paidLate: PaidLateBody,
});

export function interestBody(day: Day, open: readonly InvoiceInterest[], list: PaidLateList) {
  const { since, until, invoices, cut } = list;
  return {
    day,
    items: open.map((row) => ({ ...invoiceOf(row), ...answerBody(row.answer) })),
    paidLate: {
      ...{ since, until, cut },
      items: invoices.map((row) => ({
        ...invoiceOf(row),
        paidOn: row.paidOn,
        daysLate: row.daysLate,
        owedWhenLate: moneyOrNull(row.lateMinor, row.currency),
        ...answerBody(row.answer),
      })),
      totals: [...Map.groupBy(invoices, ({ currency }) => currency)].map(totalOf),
    },
  };
}

function invoiceOf({ invoiceId, number, dueOn }: InvoiceInterest | PaidLate) {
  return { invoiceId, number, dueOn };
}

function answerBody(answered: InterestAnswer) {
  const told = (reasons: InterestAnswer['reasons']) =>
    reasons.map(({ rule, words, source = null }) => ({ rule, words, source }));
  const sum = answered.kind === 'sum' ? answered : null;
  return {
    kind: answered.kind,
    interest: sum === null ? null : money(sum.interestMinor, sum.currency),
    fixedSum: sum === null ? null : money(sum.fixedMinor, sum.currency),
    words: sum?.words ?? null,
    reasons: told(answered.reasons),
    warnings: told(sum?.warnings ?? []),
  };
}

/** R3: of one currency. */
function totalOf([currency, rows]: readonly [Currency, readonly PaidLate[]]) {
  const sums = rows.flatMap((row) => (row.answer.kind === 'sum' ? [row.answer] : []));
  return {
    currency,
    interest: money(sumMinor(sums.map(({ interestMinor }) => interestMinor)), currency),
    fixedSum: money(sumMinor(sums.map(({ fixedMinor }) => fixedMinor)), currency),
    withoutSum: rows.length - sums.length,
  };
}
