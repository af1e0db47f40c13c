import { openSubjects } from '../../../activity/problem.store.ts';
import type { Announcement } from '../../../dunning/announcements/announcement.ts';
import { readAnnouncements } from '../../../dunning/announcements/read.store.ts';
import type { Tx } from '../../../platform/db.ts';
import { loadCatalogue } from '../../../policies/consequences/catalogue.store.ts';
import type { Consequence, ConsequenceKind } from '../../../policies/consequences/consequence.ts';

/** Something announced as the page shows it. */
export interface AnnouncementSeen extends Announcement {
  readonly customerName: string;
  /** Withdrawn, and nobody could tell the customer: a person does. */
  readonly untold: boolean;
}

export interface ConsequencesSeen {
  readonly catalogue: ReadonlyMap<ConsequenceKind, Consequence>;
  /** Broken ones first, then the next day to act, what is settled behind. */
  readonly announcements: readonly AnnouncementSeen[];
}

/** What the business may announce, and what it did announce. Four queries. */
export async function readConsequences(tx: Tx, companyId: string): Promise<ConsequencesSeen> {
  const catalogue = await loadCatalogue(tx, companyId);
  const rows = await readAnnouncements(tx, companyId);
  const untold = await openSubjects(tx, companyId, 'tell_withdrawn');
  const names = await namesOf(tx, companyId, [...new Set(rows.map((row) => row.customerId))]);
  const seen = rows.map((row) => ({
    ...row,
    customerName: names.get(row.customerId) ?? row.customerId,
    untold: untold.has(row.announcementId),
  }));
  const rank = (row: AnnouncementSeen) => (row.state === 'broken' ? 0 : row.untold ? 1 : 2);
  return { catalogue, announcements: seen.toSorted((one, other) => rank(one) - rank(other)) };
}

/** What is announced and neither done nor withdrawn, the next day to act first, with whom it concerns. */
export async function readLiveAnnouncements(
  tx: Tx,
  companyId: string,
  whom: { readonly customerIds?: readonly string[] } = {},
): Promise<readonly (Announcement & { readonly customerName: string })[]> {
  const rows = await readAnnouncements(tx, companyId, { state: 'live', ...whom });
  const names = await namesOf(tx, companyId, [...new Set(rows.map((row) => row.customerId))]);
  return rows.map((row) => ({ ...row, customerName: names.get(row.customerId) ?? row.customerId }));
}

async function namesOf(
  tx: Tx,
  companyId: string,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (customerIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('customer')
    .select(['customer_id', 'name'])
    .where('company_id', '=', companyId)
    .where('customer_id', 'in', [...customerIds])
    .execute();
  return new Map(rows.map((row) => [row.customer_id, row.name]));
}
