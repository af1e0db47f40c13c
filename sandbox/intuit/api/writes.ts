import { BooksError, type SandboxInvoice } from '../../books/model.ts';
import type { SandboxContext } from '../../context.ts';
import { addAttachable, attachableRows, changeAttachable } from '../attachables.store.ts';
import { BookView } from '../book-view.ts';
import { invoiceWire } from '../wire/invoice.ts';
import { deletedStub, type Wire } from '../wire/shared.ts';
import { attachableWire } from './attachable.entity.ts';
import * as faults from './faults.ts';
import { Refused } from './reply.ts';

/** A JSON body that nobody has checked yet. */
export type Body = Readonly<Record<string, unknown>>;

const NOTE_LONGEST = 2000;

/** POST /attachable: writes a note on one object; with an Id, changes or deletes the note. Throws Refused. */
export function writeAttachable(ctx: SandboxContext, realmId: string, body: Body, operation?: string): Wire {
  if (body.Id !== undefined) return rewriteAttachable(ctx, realmId, body, operation);
  if (operation !== undefined) throw new Refused(faults.missing('Id'));
  const refs = body.AttachableRef;
  const [ref] = Array.isArray(refs) ? (refs as Body[]) : [];
  const entity = (ref?.EntityRef ?? {}) as Body;
  if (typeof body.Note !== 'string' || body.Note === '') throw new Refused(faults.missing('Note'));
  if (body.Note.length > NOTE_LONGEST) throw new Refused(faults.tooLong('Note', NOTE_LONGEST));
  if (Array.isArray(refs) && refs.length > 1) throw new Refused(faults.unsupported('several references'));
  if (typeof entity.type !== 'string' || typeof entity.value !== 'string') {
    throw new Refused(faults.missing('AttachableRef.EntityRef'));
  }
  const given = { entityType: entity.type, entityId: entity.value, note: body.Note };
  return books(ctx, realmId, () => {
    const row = addAttachable(ctx.store, ctx.books, realmId, given, ctx.clock.now());
    return { Attachable: attachableWire(row, new BookView(ctx, realmId)) };
  });
}

function rewriteAttachable(ctx: SandboxContext, realmId: string, body: Body, operation?: string): Wire {
  const id = String(body.Id);
  if (operation !== undefined && operation !== 'delete' && operation !== 'update')
    throw new Refused(faults.unsupported(operation));
  if (typeof body.SyncToken !== 'string') throw new Refused(faults.missing('SyncToken'));
  const words = operation === 'delete' ? undefined : body.Note;
  if (words !== undefined && typeof words !== 'string') throw new Refused(faults.missing('Note'));
  return books(ctx, realmId, () => {
    const row = () => attachableRows(ctx.store, ctx.books, realmId).find((one) => one.id === id);
    const before = row();
    if (before !== undefined && before.gone === undefined && String(before.version) !== body.SyncToken)
      throw new Refused(faults.stale());
    changeAttachable(ctx.store, ctx.books, realmId, id, words, ctx.clock.now());
    const after = row();
    if (words === undefined || after === undefined) return { Attachable: deletedStub(id) };
    return { Attachable: attachableWire(after, new BookView(ctx, realmId)) };
  });
}

/** POST /invoice of an existing one: update (sparse or whole), void, delete. Throws Refused. */
export function writeInvoice(ctx: SandboxContext, realmId: string, body: Body, operation: string): Wire {
  const { Id: id, SyncToken: token } = body;
  if (typeof id !== 'string') throw new Refused(faults.unsupported('create of an invoice'));
  if (typeof token !== 'string') throw new Refused(faults.missing('SyncToken'));
  return books(ctx, realmId, () => {
    const invoice = ctx.books.invoice(realmId, id);
    if (invoice.status === 'deleted') throw new BooksError('not_found', 'deleted');
    if (String(invoice.version) !== token) throw new Refused(faults.stale());
    if (operation === 'delete') {
      ctx.books.deleteInvoice(realmId, id);
      return { Invoice: deletedStub(id) };
    }
    if (operation === 'void') ctx.books.voidInvoice(realmId, id);
    else ctx.books.updateInvoice(realmId, id, changes(body));
    return { Invoice: invoiceWire(ctx.books.invoice(realmId, id), new BookView(ctx, realmId)) };
  });
}

/** POST /invoice/{id}/send. An address given replaces the one on the invoice. Throws Refused. */
export function sendInvoice(
  ctx: SandboxContext,
  realmId: string,
  id: string,
  sendTo: string | undefined,
): Wire {
  return books(ctx, realmId, () => {
    const { status } = ctx.books.invoice(realmId, id);
    if (status === 'deleted') throw new BooksError('not_found', 'deleted');
    if (status !== 'open') throw new BooksError('invalid', `The invoice is ${status}`);
    if (sendTo !== undefined) ctx.books.updateInvoice(realmId, id, { billEmail: sendTo });
    ctx.books.emailInvoice(realmId, id);
    return { Invoice: invoiceWire(ctx.books.invoice(realmId, id), new BookView(ctx, realmId)) };
  });
}

/** The members an app may change. In a whole update, what is not named is emptied. */
function changes(body: Body): Partial<SandboxInvoice> {
  const email = (body.BillEmail as Body | undefined)?.Address;
  const given: Record<string, unknown> = {
    number: body.DocNumber,
    dueDate: body.DueDate,
    privateNote: body.PrivateNote,
    billEmail: email,
  };
  const named = Object.entries(given).filter(([, value]) => body.sparse !== true || value !== undefined);
  return Object.fromEntries(named) as Partial<SandboxInvoice>;
}

/** Does work on the books and says a refusal of theirs in QuickBooks' words. */
function books(ctx: SandboxContext, realmId: string, work: () => Wire): Wire {
  try {
    return ctx.store.transaction(work);
  } catch (error) {
    if (!(error instanceof BooksError)) throw error;
    if (error.code === 'not_found') throw new Refused(faults.notFound());
    if (error.code === 'stale') throw new Refused(faults.stale());
    if (error.code === 'closed_period') {
      throw new Refused(faults.closedPeriod(ctx.books.company(realmId).lockedUntil ?? ''));
    }
    throw new Refused(faults.unreadable(error.message));
  }
}
