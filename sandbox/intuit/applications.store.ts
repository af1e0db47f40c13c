import type { BooksApi } from '../books/model.ts';
import type { DocStore } from '../store.ts';

/**
 * QuickBooks applies a credit memo by a payment of nothing. The books keep an allocation instead, and forget it
 * when it is taken back; here is remembered which there were, so that the change feed can say "Deleted".
 */
interface ApplicationDoc {
  readonly companyId: string;
  readonly creditId: string;
  /** The allocation's id, which is the payment's too. */
  readonly id: string;
  readonly removedAt?: string;
}

export interface RemovedApplication {
  readonly id: string;
  readonly removedAt: string;
}

const KIND = 'intuit.application';

/** Brings the memory up to date with one credit memo; returns the payments that came and went. */
export function syncApplications(
  store: DocStore,
  books: BooksApi,
  companyId: string,
  creditId: string,
  at: string,
): { created: string[]; deleted: string[] } {
  if (books.credit(companyId, creditId).kind !== 'credit_note') return { created: [], deleted: [] };
  const live = new Set(books.allocationsFrom(companyId, 'credit', creditId).map((one) => one.id));
  const known = [...store.all<ApplicationDoc>(KIND).values()].filter(
    (doc) => doc.companyId === companyId && doc.creditId === creditId,
  );
  const knownIds = new Set(known.map((doc) => doc.id));
  const created = [...live].filter((id) => !knownIds.has(id));
  const gone = known.filter((doc) => doc.removedAt === undefined && !live.has(doc.id));
  store.transaction(() => {
    for (const id of created) store.put(KIND, `${companyId}/${id}`, { companyId, creditId, id });
    for (const doc of gone) store.put(KIND, `${companyId}/${doc.id}`, { ...doc, removedAt: at });
  });
  return { created, deleted: gone.map((doc) => doc.id) };
}

/** The applications of a company that were taken back, with the moment. */
export function removedApplications(store: DocStore, companyId: string): RemovedApplication[] {
  const found: RemovedApplication[] = [];
  for (const { id, removedAt, ...doc } of store.all<ApplicationDoc>(KIND).values()) {
    if (doc.companyId === companyId && removedAt !== undefined) found.push({ id, removedAt });
  }
  return found;
}
