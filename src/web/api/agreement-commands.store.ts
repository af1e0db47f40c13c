import type { Static } from '@fastify/type-provider-typebox';
import { customerNameOf } from '../../books/customer-name.store.ts';
import type { CompanyRow } from '../../companies/company.store.ts';
import { type Currency, parseCurrency } from '../../domain/currency.ts';
import { dayAt } from '../../domain/day.ts';
import type { Tx } from '../../platform/db.ts';
import { UserError } from '../../platform/errors.ts';
import type { How } from '../../receivables/agreements/agreement.ts';
import { coverOf } from '../../receivables/agreements/cover.store.ts';
import { makeOffer, makePlan, makePromise } from '../../receivables/agreements/make.store.ts';
import { ownerOfInvoice, promiseGraceOf } from '../agreement-cover.store.ts';
import { reducedBy } from '../agreement-figures.ts';
import type { OfferBody, PlanBody, PromiseBody } from './agreement-bodies.ts';
import { actor } from './caller.plugin.ts';
import { existingDay } from './schema.ts';

type Promised = Static<typeof PromiseBody>;
type Planned = Static<typeof PlanBody>;
type Offered = Static<typeof OfferBody>;

/** Writes a promise down; `invoiceId` alone is the older way to name one invoice. Returns its id. Throws UserError. */
export async function addPromise(tx: Tx, company: CompanyRow, body: Promised, now: Date): Promise<string> {
  const { invoiceId, amount } = body;
  if (invoiceId !== undefined && (body.customerId !== undefined || body.invoiceIds !== undefined))
    throw badInput('A promise is about one customer or one invoice.', 'Send either customerId or invoiceId.');
  const date = existingDay(body.date, 'date');
  const invoiceIds = invoiceId === undefined ? body.invoiceIds : [invoiceId];
  const who = await whoAndWhat(tx, company, { ...body, invoiceIds }, amount?.currency);
  return await makePromise(
    tx,
    company,
    {
      ...who,
      date,
      amountMinor: amount?.minor ?? null,
      graceBusinessDays: await promiseGraceOf(tx, company, who.customerId, now),
      saidBy: body.saidBy ?? (await customerNameOf(tx, company.company_id, who.customerId)),
      note: body.note ?? body.reason ?? '',
    },
    now,
  );
}

/** Writes a plan down. Returns its id. Throws UserError. */
export async function addPlan(tx: Tx, company: CompanyRow, body: Planned, now: Date): Promise<string> {
  const currencies = new Set(body.instalments.map((one) => one.amount.currency));
  if (currencies.size > 1)
    throw badInput('The instalments are in several currencies.', 'Make one plan for each currency.');
  const instalments = body.instalments.map((one, index) => ({
    on: existingDay(one.dueOn, `instalments[${index}].dueOn`),
    amountMinor: one.amount.minor,
  }));
  const who = await whoAndWhat(tx, company, body, [...currencies][0]);
  return await makePlan(
    tx,
    company,
    {
      ...who,
      instalments,
      ...(body.graceBusinessDays === undefined ? {} : { graceBusinessDays: body.graceBusinessDays }),
      agreedWith: body.saidBy ?? (await customerNameOf(tx, company.company_id, who.customerId)),
    },
    now,
  );
}

/** Writes a settlement offer down: a reduced sum, or per cent off what is open now. Returns its id. Throws UserError. */
export async function addOffer(tx: Tx, company: CompanyRow, body: Offered, now: Date): Promise<string> {
  const { reduced, discountPercent } = body;
  if ((reduced === undefined) === (discountPercent === undefined))
    throw badInput('An offer is a reduced sum or a discount.', 'Send either reduced or discountPercent.');
  const validUntil = existingDay(body.validUntil, 'validUntil');
  const who = await whoAndWhat(tx, company, body, reduced?.currency);
  const reducedMinor =
    reduced?.minor ??
    reducedBy(
      (await coverOf(tx, company.company_id, who, dayAt(now, company.time_zone))).debtMinor,
      discountPercent ?? 0,
    );
  if (reducedMinor === null)
    throw badInput('The discount leaves nothing to pay, or has more than two decimals.', 'Send another one.');
  return await makeOffer(tx, company, { ...who, reducedMinor, validUntil }, now);
}

interface Stated {
  readonly customerId?: string;
  readonly invoiceIds?: readonly string[] | undefined;
  readonly currency?: string;
  readonly how?: How;
  readonly note?: string;
  readonly by?: string;
}

/** Whom and which invoices it concerns. Throws UserError bad_input when nobody is named or currencies differ. */
async function whoAndWhat(tx: Tx, company: CompanyRow, stated: Stated, amountIn: string | undefined) {
  const { customerId, invoiceIds } = stated;
  const [first] = invoiceIds ?? [];
  if (customerId === undefined && first === undefined)
    throw badInput('It is not said whom this concerns.', 'Send customerId or invoiceIds.');
  if (stated.currency !== undefined && amountIn !== undefined && stated.currency !== amountIn)
    throw badInput(
      `The amount is in ${amountIn}, but the currency is ${stated.currency}.`,
      'Send both in the currency of the invoices.',
    );
  return {
    customerId: customerId ?? (await ownerOfInvoice(tx, company.company_id, first ?? '')),
    invoiceIds: invoiceIds ?? null,
    currency: currencyOf(stated.currency ?? amountIn),
    how: stated.how ?? ('other' as const),
    note: stated.note ?? '',
    by: actor(stated.by),
  };
}

function currencyOf(text: string | undefined): Currency | null {
  if (text === undefined) return null;
  const known = parseCurrency(text);
  if (known === null) throw badInput(`${text} is not a currency in use.`, 'Send an ISO 4217 code.');
  return known;
}

function badInput(message: string, action: string): UserError {
  return new UserError('bad_input', message, action);
}
