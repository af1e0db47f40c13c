import { record } from '../../activity/activity.store.ts';
import type { CompanyRow } from '../../companies/company.store.ts';
import type { Currency } from '../../domain/currency.ts';
import { type Day, dayAt } from '../../domain/day.ts';
import { localeOf } from '../../domain/locale.ts';
import type { Tx } from '../../platform/db.ts';
import { type How, type Instalment, MOST_PROMISE_GRACE } from './agreement.ts';
import {
  checkDay,
  checkGrace,
  checkInstalments,
  checkPromised,
  checkReduced,
  checkWords,
  type Debt,
} from './checks.ts';
import { type Cover, coverOf } from './cover.store.ts';
import { GRACE_BUSINESS_DAYS, graceUntil } from './grace.ts';
import { holdFor } from './holds.store.ts';
import { type Agreed, firstState, insertAgreement, resolveOlderTasks } from './insert.store.ts';
import { aboutInvoices, holdWords, told } from './said.ts';

/** What every agreement says. Days in the company's zone, amounts in minor units. */
export interface NewAgreement {
  /** Who is chased; a sub-customer that bills with its parent stands for the parent (R12). */
  readonly customerId: string;
  /** Null: everything of the customer and currency that is past due. */
  readonly invoiceIds: readonly string[] | null;
  /** Null: the one currency in which the invoices are; refused when there are several. */
  readonly currency: Currency | null;
  readonly how: How;
  readonly note: string;
  /** A person's name. */
  readonly by: string;
  /** Who that is, where they signed in: they may withdraw their own. */
  readonly byPersonId?: string | null;
}

export interface NewPromise extends NewAgreement {
  readonly date: Day;
  /** Null: all that is open on the invoices. */
  readonly amountMinor: number | null;
  /** Who said it, for example "Jo Park, accounts payable". */
  readonly saidBy: string;
  /** Business days of the company by which it may be late, as the policy of whoever is chased says; 2 unless said. */
  readonly graceBusinessDays?: number;
}

export interface NewPlan extends NewAgreement {
  /** In the order of their days; their sum is what is open on the invoices. */
  readonly instalments: readonly { readonly on: Day; readonly amountMinor: number }[];
  /** Business days of the company beyond an instalment's day before it is a breach; 2 unless said, at most 20. */
  readonly graceBusinessDays?: number;
  readonly agreedWith: string;
}

export interface NewOffer extends NewAgreement {
  /** What settles the invoices when it is paid in time; below what is open. */
  readonly reducedMinor: number;
  /** The last day on which a payment takes it up. */
  readonly validUntil: Day;
}

/**
 * R11: writes a promise down and holds its invoices until its day plus its grace; without `invoiceIds` the
 * customer is held in its currency. Returns its id. Throws UserError (bad_input, not_found; conflict: an invoice has a live agreement
 * already), with what to do; nothing is stored then.
 */
export async function makePromise(
  tx: Tx,
  company: CompanyRow,
  promise: NewPromise,
  now: Date,
): Promise<string> {
  const { today, cover, debt } = await look(tx, company, promise, now);
  checkDay(promise.date, today);
  const amountMinor = promise.amountMinor ?? cover.debtMinor;
  checkPromised(amountMinor, debt);
  const grace = promise.graceBusinessDays ?? GRACE_BUSINESS_DAYS;
  checkGrace(grace, MOST_PROMISE_GRACE);
  const said = checkWords(promise.saidBy, 'It is not said who promised it.', 'Say whose word it is.');
  return await agree(
    tx,
    company,
    {
      ...spokenIn(promise),
      kind: 'promise',
      cover,
      amountMinor,
      dueOn: promise.date,
      graceUntil: graceUntil(promise.date, company, grace),
      instalments: [],
      saidBy: said,
      wholeCustomer: promise.invoiceIds === null,
    },
    now,
  );
}

/** R11: writes a plan down and holds its invoices while it is kept. Returns its id. Throws UserError as makePromise. */
export async function makePlan(tx: Tx, company: CompanyRow, plan: NewPlan, now: Date): Promise<string> {
  const { today, cover, debt } = await look(tx, company, plan, now);
  checkInstalments(plan.instalments, debt, today);
  const grace = plan.graceBusinessDays ?? GRACE_BUSINESS_DAYS;
  checkGrace(grace);
  const said = checkWords(
    plan.agreedWith,
    'It is not said who agreed to it.',
    'Say with whom it was agreed.',
  );
  const instalments = plan.instalments.map(
    ({ on, amountMinor }, index): Instalment => ({
      number: index + 1,
      dueOn: on,
      graceUntil: graceUntil(on, company, grace),
      amountMinor,
    }),
  );
  const last = instalments.at(-1);
  if (last === undefined) throw new RangeError('a plan without instalments was let through');
  return await agree(
    tx,
    company,
    {
      ...spokenIn(plan),
      kind: 'plan',
      cover,
      amountMinor: cover.debtMinor,
      dueOn: last.dueOn,
      graceUntil: last.graceUntil,
      instalments,
      saidBy: said,
      wholeCustomer: false,
    },
    now,
  );
}

/**
 * Writes a settlement offer down and holds its invoices until it lapses: its deadline is its day, by the payments' own
 * days; it is judged 2 business days later, as payments are entered late. Returns its id. Throws as makePromise.
 */
export async function makeOffer(tx: Tx, company: CompanyRow, offer: NewOffer, now: Date): Promise<string> {
  const { today, cover, debt } = await look(tx, company, offer, now);
  checkDay(offer.validUntil, today);
  checkReduced(offer.reducedMinor, debt);
  return await agree(
    tx,
    company,
    {
      ...spokenIn(offer),
      kind: 'offer',
      cover,
      amountMinor: offer.reducedMinor,
      dueOn: offer.validUntil,
      graceUntil: graceUntil(offer.validUntil, company),
      instalments: [],
      saidBy: offer.by,
      wholeCustomer: false,
    },
    now,
  );
}

async function look(
  tx: Tx,
  company: CompanyRow,
  wanted: NewAgreement,
  now: Date,
): Promise<{ today: Day; cover: Cover; debt: Debt }> {
  const today = dayAt(now, company.time_zone);
  const cover = await coverOf(tx, company.company_id, wanted, today);
  const debt = { minor: cover.debtMinor, currency: cover.currency, locale: localeOf(company.country) };
  return { today, cover, debt };
}

function spokenIn({
  how,
  note,
  by,
  byPersonId = null,
}: NewAgreement): Pick<Agreed, 'how' | 'note' | 'by' | 'byPersonId'> {
  return { how, note, by, byPersonId };
}

/** Stores what was checked, holds what it covers and tells of it. Returns its id. */
async function agree(tx: Tx, company: CompanyRow, agreed: Agreed, now: Date): Promise<string> {
  const { company_id: companyId, country } = company;
  const { cover, kind } = agreed;
  const today = dayAt(now, company.time_zone);
  const by = checkWords(agreed.by, 'It is not said who writes it down.', 'Say your name.');
  const agreementId = await insertAgreement(tx, companyId, { ...agreed, by }, today, now);
  const spoken = {
    ...agreed,
    currency: cover.currency,
    debtMinor: cover.debtMinor,
    receivedMinor: 0,
    openMinor: cover.debtMinor,
    about: aboutInvoices(cover.invoices.map((row) => row.number)),
  };
  const { kind: event, summary } = told(spoken, null, firstState[kind], country);
  const [only, ...others] = cover.invoices;
  await record(tx, companyId, now, [
    {
      kind: event,
      actor: by,
      summary,
      customerId: cover.debtorId,
      invoiceId: others.length === 0 ? (only?.invoiceId ?? null) : null,
      data: { agreementId, amountMinor: agreed.amountMinor, currency: cover.currency, dueOn: agreed.dueOn },
    },
  ]);
  const held = {
    agreementId,
    kind,
    customerId: agreed.wholeCustomer ? cover.debtorId : null,
    invoiceIds: cover.invoices.map((row) => row.invoiceId),
    amountMinor: agreed.amountMinor,
    reason: holdWords(spoken, country),
    by,
    from: today,
    until: agreed.graceUntil,
  };
  await holdFor(tx, companyId, held, now);
  await resolveOlderTasks(tx, companyId, agreementId, now);
  return agreementId;
}
