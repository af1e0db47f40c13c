import { type BooksApi, BooksError, type SandboxNote } from '../books/model.ts';
import type { DocStore } from '../store.ts';
import type { Stamped } from './wire/shared.ts';

/** A note without a file, tied to one object of the books. */
export interface AttachableRow extends Stamped {
  readonly entityType: string;
  readonly entityId: string;
  readonly note: string;
  /** A person deleted it. */
  readonly gone?: true;
}

const KIND = 'intuit.attachable';
const PREFIX = '2009';

type OtherDoc = AttachableRow & { readonly companyId: string };

/** All notes of a company: those on invoices are the books' own, those on other objects are kept here. */
export function attachableRows(store: DocStore, books: BooksApi, companyId: string): AttachableRow[] {
  const onInvoices = [...books.notes(companyId), ...books.removedNotes(companyId)]
    .filter((one) => one.kind === 'app')
    .map(ofNote);
  const others = [...store.all<OtherDoc>(KIND).values()].filter((one) => one.companyId === companyId);
  return [...onInvoices, ...others];
}

/** Writes a note; throws BooksError `not_found` when the object does not exist. `now` by the sandbox's clock. */
export function addAttachable(
  store: DocStore,
  books: BooksApi,
  companyId: string,
  { entityType, entityId, note }: Pick<AttachableRow, 'entityType' | 'entityId' | 'note'>,
  now: Date,
): AttachableRow {
  if (entityType === 'Invoice') {
    if (books.invoice(companyId, entityId).status === 'deleted') throw new BooksError('not_found', 'deleted');
    return ofNote(books.addNote(companyId, entityId, 'app', note));
  }
  mustExist(books, companyId, entityType, entityId);
  const at = now.toISOString();
  const id = longId(`9${store.all(KIND).size + 1}`);
  const doc: OtherDoc = {
    id,
    companyId,
    version: 0,
    createdAt: at,
    updatedAt: at,
    entityType,
    entityId,
    note,
  };
  store.put(KIND, `${companyId}/${id}`, doc);
  return doc;
}

/** Rewrites a note, or (without words) deletes it. Throws BooksError `not_found` when it is not there or deleted. */
export function changeAttachable(
  store: DocStore,
  books: BooksApi,
  companyId: string,
  id: string,
  words: string | undefined,
  now: Date,
): void {
  const row = attachableRows(store, books, companyId).find((one) => one.id === id && one.gone === undefined);
  if (row === undefined) throw new BooksError('not_found', `There is no attachable ${id}`);
  if (row.entityType === 'Invoice') {
    const noteId = id.slice(PREFIX.length).replace(/^0+/, '');
    if (words === undefined) books.removeNote(companyId, noteId);
    else books.updateNote(companyId, noteId, words);
    return;
  }
  const change = words === undefined ? { gone: true } : { note: words };
  const next = { ...row, companyId, ...change, version: row.version + 1, updatedAt: now.toISOString() };
  store.put(KIND, `${companyId}/${id}`, next);
}

function mustExist(books: BooksApi, companyId: string, type: string, id: string): void {
  if (type === 'Customer') books.customer(companyId, id);
  else if (type === 'Payment') books.payment(companyId, id);
  else if (type === 'CreditMemo') books.credit(companyId, id);
  else throw new BooksError('not_found', `There is no ${type} here`);
}

function ofNote(note: SandboxNote): AttachableRow {
  const { version, createdAt, updatedAt } = note;
  return {
    id: longId(note.id),
    version,
    createdAt,
    updatedAt,
    entityType: 'Invoice',
    entityId: note.invoiceId,
    note: note.text,
    ...(note.gone === undefined ? {} : { gone: note.gone }),
  };
}

/** Ids of attachables have 21 digits, as the real ones: too long for a JavaScript number. */
function longId(id: string): string {
  return `${PREFIX}${id.padStart(17, '0')}`;
}
