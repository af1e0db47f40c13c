import type { CompanyRow } from '../companies/company.store.ts';
import type { Currency } from '../domain/currency.ts';
import type { Day } from '../domain/day.ts';
import { loadKnown } from '../dunning/known.store.ts';
import { noPlans } from '../dunning/payment-plan.ts';
import type { Tx } from '../platform/db.ts';
import type { PolicyDocument } from '../policies/document.ts';
import { loadFamilies } from '../receivables/families.store.ts';
import { loadPastRows, type Stretch } from './past-rows.store.ts';
import { type Replayed, replay } from './replay.ts';
import { type LeftOut, playable } from './replay-facts.ts';

/** A policy to play, with what people call it. */
export interface ReplayedPolicy {
  readonly key: string;
  readonly name: string;
  readonly document: PolicyDocument;
}

export interface ReplayResult extends Stretch {
  readonly customers: number;
  readonly invoices: number;
  readonly leftOut: LeftOut;
  readonly policies: readonly (Replayed & { readonly key: string; readonly name: string })[];
}

/**
 * The company's own books of a stretch of days, played under each policy: what would have gone when, and what of it
 * would have been wrong. Days in the company's zone, both included. Writes nothing.
 */
export async function replayCompany(
  tx: Tx,
  company: CompanyRow,
  stretch: { readonly from: Day; readonly to: Day },
  policies: readonly ReplayedPolicy[],
  now: Date,
): Promise<ReplayResult> {
  const loaded = await loadPastRows(tx, company, stretch);
  const { rows, settledOtherwise } = playable(loaded.rows);
  const customerIds = [...new Set(rows.invoices.map((row) => row.customerId))];
  const families = await loadFamilies(tx, company.company_id, customerIds);
  const frame = {
    families,
    baseCurrency: company.base_currency as Currency,
    sentElsewhere: company.invoices_sent_elsewhere_at !== null,
  };
  const played: (Replayed & { readonly key: string; readonly name: string })[] = [];
  for (const { key, name, document } of policies) {
    const known = await loadKnown(tx, company, [...families.keys()], now, { instead: document });
    const debtors = new Map(
      [...known.debtors].map(([id, debtor]) => [id, { ...debtor, invoiceEmails: loaded.emails }]),
    );
    const then = {
      ...known,
      debtors,
      refused: new Map(),
      undecided: nobody,
      wrongNumbers: new Map(),
      standingOf: () => null,
      resumedOf: () => null,
      toldOf: () => null,
      // what stands of them is of today: how they stood on a day of the past is not kept
      plansOf: () => noPlans,
    };
    played.push({ key, name, ...replay({ known: then, rows, frame, ...stretch }) });
  }
  return {
    ...stretch,
    customers: customerIds.length,
    invoices: rows.invoices.length,
    leftOut: { ...loaded.leftOut, settledOtherwise },
    policies: played,
  };
}

const nobody: ReadonlySet<string> = new Set();
