import { type SqlBool, sql } from 'kysely';
import { record } from '../../activity/activity.store.ts';
import { raiseProblem, resolveProblem } from '../../activity/problem.store.ts';
import type { CompanyRow } from '../../companies/company.store.ts';
import { addDays, type Day } from '../../domain/day.ts';
import type { Tx } from '../../platform/db.ts';
import { liftHoldsOf } from '../hold-lift.store.ts';
import { isLive } from './agreement.ts';
import { holdFor } from './holds.store.ts';
import type { CoveredInvoice } from './received.ts';
import type { AgreementRow } from './row.store.ts';
import { aboutInvoices, holdWords, restHoldWords, type Spoken, taskKinds, taskOf, told } from './said.ts';
import type { Verdict } from './verdict.ts';

/** How long a settled agreement with nothing open any more is judged anew: a direct debit may bounce for 8 weeks. */
const WATCHED_DAYS = 90;

/** What the books say, for one agreement. */
export interface Judged {
  readonly agreement: AgreementRow;
  readonly invoices: readonly CoveredInvoice[];
  readonly verdict: Verdict;
  /** Its invoices that it holds now. */
  readonly held: ReadonlySet<string>;
}

/** Writes a verdict down where it differs from what is stored; a new state also moves holds and tasks and is told. */
export async function settle(
  tx: Tx,
  company: CompanyRow,
  judged: Judged,
  today: Day,
  now: Date,
): Promise<void> {
  const { agreement, verdict } = judged;
  const companyId = company.company_id;
  const live = isLive(verdict.state);
  const changed = verdict.state !== agreement.state;
  // one that would stand again while another one covers its invoices stays as it was judged
  if (live && !isLive(agreement.state) && (await coveredElsewhere(tx, companyId, agreement.agreementId)))
    return;
  const settledOn = live ? null : changed ? today : agreement.settledOn;
  const watchedUntil = settledOn === null || verdict.openMinor > 0 ? null : addDays(settledOn, WATCHED_DAYS);
  const same =
    !changed &&
    verdict.receivedMinor === agreement.receivedMinor &&
    verdict.nextEventOn === agreement.nextEventOn &&
    watchedUntil === agreement.watchedUntil;
  if (!same)
    await tx
      .updateTable('agreement')
      .set({
        state: verdict.state,
        received_minor: verdict.receivedMinor,
        next_event_on: verdict.nextEventOn,
        settled_on: settledOn,
        watched_until: watchedUntil,
      })
      .where('company_id', '=', companyId)
      .where('agreement_id', '=', agreement.agreementId)
      .execute();
  if (changed) await become(tx, company, judged, today, now);
  else if (live) await holdAgain(tx, company, judged, today, now);
  else if (verdict.openMinor > 0) {
    // of what was credited, something is open again
    if (verdict.state === 'accepted') await askForTheRest(tx, company, judged, today, now);
  } else if (!same) await end(tx, companyId, agreement.agreementId, now);
}

/** A new state: holds and tasks of the old one end, those of the new one begin, and the record tells. */
async function become(tx: Tx, company: CompanyRow, judged: Judged, today: Day, now: Date): Promise<void> {
  const { company_id: companyId, country } = company;
  const { agreement, invoices, verdict } = judged;
  const { agreementId, customerId } = agreement;
  const spoken = spokenOf(agreement, invoices, verdict);
  const live = isLive(verdict.state);
  const { kind, summary } = told(spoken, agreement.state, verdict.state, country);
  await setCovering(tx, companyId, agreementId, live);
  await liftHoldsOf(tx, companyId, agreementId, 'Duly', summary, now);
  for (const task of taskKinds) await resolveProblem(tx, companyId, now, task, agreementId);
  const free: Judged = { ...judged, held: new Set() };
  if (live && today <= agreement.graceUntil) {
    const whole = agreement.wholeCustomer ? customerId : null;
    const held = heldBy(free, today, holdWords(spoken, country), agreement.graceUntil);
    await holdFor(tx, companyId, { ...held, customerId: whole }, now);
  }
  if (verdict.state === 'accepted') await askForTheRest(tx, company, free, today, now);
  const task = verdict.state === 'accepted' ? null : taskOf(spoken, verdict.state, country);
  if (task !== null) await raiseProblem(tx, companyId, now, { ...task, subject: agreementId, customerId });
  await record(tx, companyId, now, [
    {
      kind,
      actor: 'Duly',
      summary,
      customerId,
      invoiceId: invoices.length === 1 ? (invoices[0]?.invoiceId ?? null) : null,
      data: {
        agreementId,
        before: agreement.state,
        state: verdict.state,
        receivedMinor: verdict.receivedMinor,
        amountMinor: agreement.amountMinor,
        currency: agreement.currency,
      },
    },
  ]);
}

/** An invoice that came back to its customer is held like the others. */
async function holdAgain(tx: Tx, company: CompanyRow, judged: Judged, today: Day, now: Date): Promise<void> {
  const { agreement, invoices, verdict } = judged;
  if (agreement.wholeCustomer || today > agreement.graceUntil) return;
  const reason = holdWords(spokenOf(agreement, invoices, verdict), company.country);
  const held = heldBy(judged, today, reason, agreement.graceUntil);
  await holdFor(tx, company.company_id, { ...held, customerId: null }, now);
}

/** An offer was taken up: a person credits the rest in the ledger, and until then nobody is asked for it. */
async function askForTheRest(
  tx: Tx,
  { company_id: companyId, country }: CompanyRow,
  judged: Judged,
  today: Day,
  now: Date,
): Promise<void> {
  const { agreement, invoices, verdict } = judged;
  const spoken = spokenOf(agreement, invoices, verdict);
  const task = taskOf(spoken, verdict.state, country);
  if (task === null) return;
  const { agreementId: subject, customerId } = agreement;
  const held = heldBy(judged, today, restHoldWords(spoken, country), null);
  await holdFor(tx, companyId, { ...held, customerId: null }, now);
  await raiseProblem(tx, companyId, now, { ...task, subject, customerId });
}

/** Its invoices that it does not hold yet; those that are paid, too: they may be open again tomorrow. */
function heldBy({ agreement, invoices, held }: Judged, from: Day, reason: string, until: Day | null) {
  const { agreementId, kind, amountMinor } = agreement;
  const free = invoices.filter((row) => !row.gone && !held.has(row.invoiceId));
  const invoiceIds = free.map((row) => row.invoiceId);
  return { agreementId, kind, amountMinor, invoiceIds, reason, by: 'Duly', from, until };
}

/** Nothing is open on its invoices any more: nobody needs to do anything about it. */
async function end(tx: Tx, companyId: string, agreementId: string, now: Date): Promise<void> {
  for (const task of taskKinds) await resolveProblem(tx, companyId, now, task, agreementId);
  await liftHoldsOf(tx, companyId, agreementId, 'Duly', 'nothing is open on its invoices any more.', now);
}

/** An agreement as it is spoken of now. */
function spokenOf(
  agreement: AgreementRow,
  invoices: readonly { readonly number: string | null }[],
  { receivedMinor, openMinor }: Pick<Verdict, 'receivedMinor' | 'openMinor'>,
): Spoken {
  return { ...agreement, receivedMinor, openMinor, about: aboutInvoices(invoices.map((row) => row.number)) };
}

/** Whether its invoices are covered by it, which none other may do then. */
export async function setCovering(
  tx: Tx,
  companyId: string,
  agreementId: string,
  live: boolean,
): Promise<void> {
  await tx
    .updateTable('agreement_invoice')
    .set({ live })
    .where('company_id', '=', companyId)
    .where('agreement_id', '=', agreementId)
    .where('live', '<>', live)
    .execute();
}

async function coveredElsewhere(tx: Tx, companyId: string, agreementId: string): Promise<boolean> {
  const other = await tx
    .selectFrom('agreement_invoice as mine')
    .innerJoin('agreement_invoice as other', (join) =>
      join
        .onRef('other.company_id', '=', 'mine.company_id')
        .onRef('other.invoice_id', '=', 'mine.invoice_id'),
    )
    .select('other.agreement_id')
    .where('mine.company_id', '=', companyId)
    .where('mine.agreement_id', '=', agreementId)
    .where('other.agreement_id', '<>', agreementId)
    .where(sql<SqlBool>`other.live`)
    .limit(1)
    .executeTakeFirst();
  return other !== undefined;
}
