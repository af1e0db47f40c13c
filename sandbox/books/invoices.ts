import { isGone, mustBeAmount, mustBeCurrency, mustBeDay, mustBeOpenPeriod } from './arithmetic.ts';
import type { Desk } from './desk.ts';
import {
  type BooksApi,
  BooksError,
  type SandboxInvoice,
  type SandboxLine,
  type SandboxNote,
} from './model.ts';
import { freeInvoice } from './money.ts';

type Invoices = Pick<
  BooksApi,
  | 'addInvoice'
  | 'updateInvoice'
  | 'voidInvoice'
  | 'deleteInvoice'
  | 'emailInvoice'
  | 'addNote'
  | 'updateNote'
  | 'removeNote'
>;

/** Writing invoices and the notes on them. */
export function invoices(desk: Desk): Invoices {
  const end = (companyId: string, id: string, status: 'voided' | 'deleted') => {
    desk.write(() => {
      const invoice = desk.shelf(companyId).get('invoice', id);
      if (invoice.status === status) return;
      if (invoice.status === 'deleted') throw new BooksError('invalid', 'The invoice is deleted');
      mustBeOpenPeriod(desk.company(companyId), invoice.date);
      freeInvoice(desk, companyId, id);
      desk.amend(companyId, 'invoice', id, { status });
      desk.emit(companyId, 'invoice', id, status);
    });
  };
  return {
    addInvoice: (companyId, row) =>
      desk.write(() => {
        check(desk, companyId, row);
        mustBeOpenPeriod(desk.company(companyId), row.date);
        const lines = row.lines.length > 0 ? row.lines : [oneLine('Services', row.totalMinor)];
        const invoice = desk.insert(companyId, 'invoice', { ...row, lines });
        desk.emit(companyId, 'invoice', invoice.id, 'created');
        return invoice;
      }),

    updateInvoice: (companyId, id, change) =>
      desk.write(() => {
        const before = desk.shelf(companyId).get('invoice', id);
        const full = withLines(before, change);
        const after = { ...before, ...full };
        check(desk, companyId, after);
        mustBeOpenPeriod(desk.company(companyId), before.date, after.date);
        mustCoverAllocations(desk, before, after);
        const invoice = desk.amend(companyId, 'invoice', id, full);
        desk.emit(companyId, 'invoice', id, 'updated');
        return invoice;
      }),

    voidInvoice: (companyId, id) => end(companyId, id, 'voided'),
    deleteInvoice: (companyId, id) => end(companyId, id, 'deleted'),

    emailInvoice: (companyId, id) => {
      desk.write(() => {
        const invoice = desk.shelf(companyId).get('invoice', id);
        if (isGone(invoice)) throw new BooksError('invalid', `The invoice is ${invoice.status}`);
        desk.amend(companyId, 'invoice', id, { sentAt: desk.stamp() });
        desk.emit(companyId, 'invoice', id, 'emailed');
      });
    },

    // a note leaves the invoice's version alone and is possible in a closed period
    addNote: (companyId, invoiceId, kind, text, author) =>
      desk.write(() => {
        desk.shelf(companyId).get('invoice', invoiceId);
        const by = author === undefined ? {} : { author };
        const note = desk.insert(companyId, 'note', { invoiceId, kind, text, at: desk.stamp(), ...by });
        desk.emit(companyId, 'note', note.id, 'created');
        return note;
      }),
    updateNote: (companyId, id, text) => amendNote(desk, companyId, id, { text }),
    removeNote: (companyId, id) => {
      amendNote(desk, companyId, id, { gone: true });
    },
  };
}

function amendNote(desk: Desk, companyId: string, id: string, change: Partial<SandboxNote>): SandboxNote {
  if (desk.company(companyId).vendor === 'xero')
    throw new BooksError('invalid', 'History notes can be neither edited nor deleted');
  return desk.write(() => desk.amend(companyId, 'note', id, change));
}

type Checked = Omit<SandboxInvoice, 'id' | 'companyId' | 'version' | 'createdAt' | 'updatedAt'>;

function check(desk: Desk, companyId: string, row: Checked): void {
  const customer = desk.shelf(companyId).get('customer', row.customerId);
  mustBeCurrency(desk.company(companyId), row.currency, customer);
  mustBeAmount('The total', row.totalMinor);
  mustBeDay('The date', row.date);
  mustBeDay('The due date', row.dueDate);
  const sum = row.lines.reduce((total, line) => total + line.amountMinor, 0);
  if (row.lines.length > 0 && sum !== row.totalMinor) {
    throw new BooksError('invalid', `The lines make ${sum}, the total says ${row.totalMinor}`);
  }
}

/** A new total without new lines stands in a line of its own, so that lines and total never disagree. */
function withLines(before: SandboxInvoice, change: Partial<SandboxInvoice>): Partial<SandboxInvoice> {
  if (
    change.totalMinor === undefined ||
    change.lines !== undefined ||
    change.totalMinor === before.totalMinor
  ) {
    return change;
  }
  return { ...change, lines: [oneLine(before.lines[0]?.description ?? 'Services', change.totalMinor)] };
}

function mustCoverAllocations(desk: Desk, before: SandboxInvoice, after: SandboxInvoice): void {
  const allocated = desk.shelf(before.companyId).allocated('invoice', before.id);
  if (allocated === 0) return;
  if (after.totalMinor < allocated) {
    throw new BooksError(
      'over_allocated',
      `${allocated} are paid already: the total can't be ${after.totalMinor}`,
    );
  }
  if (after.currency !== before.currency)
    throw new BooksError('wrong_currency', 'A paid invoice keeps its currency');
  if (after.customerId !== before.customerId || after.status !== 'open') {
    throw new BooksError('invalid', 'An invoice with money on it keeps its customer and stays open');
  }
}

function oneLine(description: string, amountMinor: number): SandboxLine {
  return { description, quantity: 1, unitMinor: amountMinor, amountMinor };
}
