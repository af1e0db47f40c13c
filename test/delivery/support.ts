import type { Invoice } from '../../src/domain/books.ts';
import { customerRow, invoiceRow } from '../support/values.ts';
import type { Workshop } from '../support/workshop.ts';

/** A customer who owes one invoice, eight days late on the day on which a workshop opens. */
export function owes(workshop: Workshop, invoice: Partial<Invoice> = {}): void {
  workshop.ledger.put({ customers: [customerRow('C1')], invoices: [invoiceRow('I1', invoice)] });
}

/** The invoice as it stands in the ledger, changed; nobody has read it yet. */
export function changeInLedger(workshop: Workshop, invoiceId: string, change: Partial<Invoice>): void {
  const row = workshop.ledger.invoices.get(invoiceId);
  if (row === undefined) throw new Error(`the ledger has no invoice ${invoiceId}`);
  workshop.ledger.put({ invoices: [{ ...row, changedAt: workshop.now().toISOString(), ...change }] });
}
