import { randomUUID } from 'node:crypto';
import type { BooksEvent } from '../../books/model.ts';
import type { SandboxContext } from '../../context.ts';
import { syncApplications } from '../applications.store.ts';
import type { Notice } from './payload.ts';

/** What QuickBooks says of a change in the books; its memory of applied credit memos is kept up to date here. */
export function noticesOf(event: BooksEvent, ctx: SandboxContext): Notice[] {
  const { companyId, verb, at, id } = event;
  const notice = (entity: Notice['entity'], entityId: string, how: Notice['verb']): Notice => ({
    id: randomUUID(),
    realmId: companyId,
    entity,
    entityId,
    verb: how,
    at,
  });
  if (event.entity === 'invoice') return [notice('Invoice', id, verb)];
  if (event.entity === 'payment') return [notice('Payment', id, verb)];
  if (event.entity === 'customer') {
    const into = verb === 'merged' ? ctx.books.customer(companyId, id).mergedInto : undefined;
    return into === undefined
      ? [notice('Customer', id, verb)]
      : [{ ...notice('Customer', into, 'merged'), deletedId: id }];
  }
  // our own notes are attachables, and those ring nothing
  if (event.entity === 'note') return [];
  if (ctx.books.credit(companyId, id).kind !== 'credit_note') return [notice('Payment', id, verb)];
  const { created, deleted } = syncApplications(ctx.store, ctx.books, companyId, id, at);
  return [
    notice('CreditMemo', id, verb),
    ...created.map((one) => notice('Payment', one, 'created')),
    ...deleted.map((one) => notice('Payment', one, 'deleted')),
  ];
}
