import type { CompanyRow } from '../../companies/company.store.ts';
import { dayAt } from '../../domain/day.ts';
import type { Tx } from '../../platform/db.ts';
import { claimCredits } from './credit-claims.ts';
import { type BooksEvidence, loadEvidence, loadUnapplied } from './evidence.store.ts';
import { followMerge, heldInvoices, releaseMoved } from './holds.store.ts';
import type { DatedPart } from './received.ts';
import { type AgreementRow, watchedAgreements } from './row.store.ts';
import { settle } from './settle.store.ts';
import { judge } from './verdict.ts';

/**
 * R11: settles the promises, plans and offers of these customers by the books, lifts or renews their holds and tells of
 * it. Nobody is found to have failed by books that were last read before grace was over: the payment may stand in the
 * ledger already (R9). Asked twice it does nothing more. One index probe for a company that has no agreements.
 */
export async function judgeAgreements(
  tx: Tx,
  company: CompanyRow,
  customerIds: readonly string[],
  now: Date,
): Promise<void> {
  const companyId = company.company_id;
  if (company.books_read_at === null) return;
  const today = dayAt(now, company.time_zone);
  const readOn = dayAt(company.books_read_at, company.time_zone);
  const stored = await watchedAgreements(tx, companyId, customerIds, today);
  if (stored.length === 0) return;
  const books = await loadEvidence(tx, companyId, stored);
  const agreements = await followed(tx, companyId, stored, books);
  const credits = await creditsOf(tx, companyId, agreements, books);
  const holds = await heldInvoices(
    tx,
    companyId,
    agreements.map((row) => row.agreementId),
  );
  for (const agreement of agreements) {
    const { agreementId } = agreement;
    const invoices = books.invoicesOf.get(agreementId) ?? [];
    await releaseMoved(tx, companyId, agreementId, books.movedOf.get(agreementId) ?? [], now);
    const evidence = { invoices, credits: credits.get(agreementId) ?? [] };
    const verdict = judge(agreement, agreement.state, evidence, readOn < today ? readOn : today);
    const held = holds.get(agreementId) ?? new Set();
    await settle(tx, company, { agreement, invoices, verdict, held }, today, now);
  }
}

/** The agreements with who stands for their customers now. */
async function followed(
  tx: Tx,
  companyId: string,
  agreements: readonly AgreementRow[],
  books: BooksEvidence,
): Promise<readonly AgreementRow[]> {
  const result: AgreementRow[] = [];
  for (const agreement of agreements) {
    const customerId = books.survivorOf(agreement.customerId);
    if (customerId !== agreement.customerId)
      await followMerge(tx, companyId, agreement.agreementId, customerId);
    result.push({ ...agreement, customerId });
  }
  return result;
}

/** What each may count of the unapplied credit: agreements of one debtor and currency share it, the oldest first. */
async function creditsOf(
  tx: Tx,
  companyId: string,
  agreements: readonly AgreementRow[],
  books: BooksEvidence,
): Promise<ReadonlyMap<string, readonly DatedPart[]>> {
  const found = new Map<string, readonly DatedPart[]>();
  const keyOf = (row: { readonly customerId: string; readonly currency: string }): string =>
    `${books.debtorOf(row.customerId)} ${row.currency}`;
  const unapplied = Map.groupBy(await loadUnapplied(tx, companyId, books.customerIds), keyOf);
  for (const [key, mine] of Map.groupBy(agreements, keyOf)) {
    const claims = claimCredits(
      mine.map((row) => ({
        terms: row,
        creditsAtStart: row.creditsAtStart,
        invoices: books.invoicesOf.get(row.agreementId) ?? [],
      })),
      unapplied.get(key) ?? [],
    );
    for (const [index, row] of mine.entries()) found.set(row.agreementId, claims[index] ?? []);
  }
  return found;
}
