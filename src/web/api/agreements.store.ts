import type { CompanyRow } from '../../companies/company.store.ts';
import { dayAt } from '../../domain/day.ts';
import { localeOf } from '../../domain/locale.ts';
import type { Tx } from '../../platform/db.ts';
import { UserError } from '../../platform/errors.ts';
import type { AgreementKind } from '../../receivables/agreements/agreement.ts';
import { type AgreementSeen, agreements, liveOnly, seen } from '../agreement-seen.store.ts';
import { kindWords, stateWords } from '../agreement-words.ts';
import { behind, type Key, type PageWish, pageOf, rowsWanted } from './page.store.ts';
import { iso, money } from './schema.ts';

const keys: readonly Key[] = [{ column: 'a.agreement_id', holds: 'uuid' }];

export type AgreementWish = PageWish & { state?: 'live' | 'all'; customerId?: string };

/** Agreements of one kind, oldest first; only those not settled yet unless all are asked for. */
export async function listAgreements(
  tx: Tx,
  company: CompanyRow,
  kind: AgreementKind,
  wish: AgreementWish,
  now: Date,
) {
  let query = agreements(tx, company.company_id).where('a.kind', '=', kind).where(behind(wish, keys));
  if (wish.customerId !== undefined) query = query.where('a.customer_id', '=', wish.customerId);
  if (wish.state !== 'all') query = query.where(liveOnly());
  const rows = await query.orderBy('a.agreement_id').limit(rowsWanted(wish)).execute();
  const page = pageOf(
    rows,
    wish,
    (row) => [row.agreement_id],
    (row) => row,
  );
  const shown = await seen(tx, company.company_id, page.items, dayAt(now, company.time_zone));
  return { items: shown.map((one) => answerOf(one, company)), next: page.next };
}

/** Throws UserError not_found. */
export async function readAgreement(
  tx: Tx,
  company: CompanyRow,
  kind: AgreementKind,
  agreementId: string,
  now: Date,
) {
  const rows = await agreements(tx, company.company_id)
    .where('a.kind', '=', kind)
    .where('a.agreement_id', '=', agreementId)
    .execute();
  const [one] = await seen(tx, company.company_id, rows, dayAt(now, company.time_zone));
  if (one === undefined)
    throw new UserError('not_found', `There is no such ${kindWords[kind].toLowerCase()}.`, 'Check the id.');
  return answerOf(one, company);
}

export type AgreementAnswer = ReturnType<typeof answerOf>;

function answerOf(one: AgreementSeen, company: CompanyRow) {
  const of = (minor: number) => money(minor, one.currency);
  return {
    agreementId: one.agreementId,
    kind: one.kind,
    state: one.state,
    words: stateWords(one, localeOf(company.country)),
    customerId: one.customerId,
    customerName: one.customerName,
    amount: of(one.amountMinor),
    debt: of(one.debtMinor),
    received: of(one.receivedMinor),
    missing: of(one.missingMinor),
    dueOn: one.dueOn,
    graceUntil: one.graceUntil,
    nextOn: one.nextOn,
    wholeCustomer: one.wholeCustomer,
    saidBy: one.saidBy,
    how: one.how,
    note: one.note,
    madeOn: one.madeOn,
    madeBy: one.madeBy,
    createdAt: iso(one.createdAt),
    settledOn: one.settledOn,
    invoices: one.invoices.map((invoice) => ({
      invoiceId: invoice.invoiceId,
      number: invoice.number,
      openThen: of(invoice.openThenMinor),
      open: of(invoice.openMinor),
    })),
    instalments: one.instalments.map((each) => ({
      number: each.number,
      dueOn: each.dueOn,
      graceUntil: each.graceUntil,
      amount: of(each.amountMinor),
      received: of(each.paidMinor),
      state: each.state,
    })),
  };
}

/** A promise with the names of the hold that goes with it, as callers knew it before promises were agreements. */
export async function asPromise(tx: Tx, companyId: string, answer: AgreementAnswer) {
  const hold = await tx
    .selectFrom('hold')
    .select('hold_id')
    .where('company_id', '=', companyId)
    .where('agreement_id', '=', answer.agreementId)
    .where('lifted_at', 'is', null)
    .orderBy('hold_id')
    .executeTakeFirst();
  const [first, ...others] = answer.invoices;
  return {
    ...answer,
    holdId: hold?.hold_id ?? null,
    scope: answer.wholeCustomer ? ('customer' as const) : ('invoice' as const),
    invoiceId: answer.wholeCustomer || others.length > 0 ? null : (first?.invoiceId ?? null),
    // the hold itself says it in the words of the company's country
    reason: `payment by ${answer.dueOn}: ${answer.note}`,
    setBy: answer.madeBy,
    startsOn: answer.madeOn,
    endsOn: answer.graceUntil,
    inForce: hold !== undefined,
  };
}
