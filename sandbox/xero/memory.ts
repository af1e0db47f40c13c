import { createHash } from 'node:crypto';
import type { BooksApi, BooksEvent, SandboxAllocation, SandboxInvoice } from '../books/model.ts';
import type { DocStore } from '../store.ts';

/** A part of a payment that is no more. */
export interface GonePart extends SandboxAllocation {
  /** It was taken off its invoice while the payment stood: what it was became part of an overpayment. */
  readonly freed?: true;
}

interface Held {
  /** What Xero says instead of the row's own stamp. */
  at: string;
  /** The row's own stamp for which this holds. */
  rowStamp: string;
}

/**
 * What Xero remembers and the books do not: payments that were deleted (the books drop their allocations), and
 * the UpdatedDateUTC that stands still when only due date or "sent" of a partly paid invoice is edited.
 */
export class XeroMemory {
  private readonly known = new Set<string>();
  private readonly from = new Map<string, readonly SandboxAllocation[]>();
  private readonly sources = new Map<string, Set<string>>();
  private readonly seen = new Map<string, { print: string; at: string }>();

  constructor(
    private readonly books: BooksApi,
    private readonly store: DocStore,
  ) {}

  /** Learns the company's present state; must come before the first change that is to be noticed. */
  learn(companyId: string): void {
    if (this.known.has(companyId)) return;
    this.known.add(companyId);
    for (const payment of this.books.payments(companyId)) this.note(companyId, payment.id);
    for (const row of this.books.invoices(companyId)) {
      this.seen.set(key(companyId, row.id), { print: this.print(row), at: this.updatedAt(row) });
    }
  }

  /** Takes in a change and returns the invoices it touched. */
  take(event: BooksEvent): string[] {
    const { companyId, id } = event;
    this.learn(companyId);
    const touched = new Set<string>();
    if (event.entity === 'invoice') touched.add(id);
    if (event.entity === 'payment') for (const each of this.note(companyId, id)) touched.add(each);
    if (event.entity === 'credit') {
      for (const part of this.books.allocationsFrom(companyId, 'credit', id)) touched.add(part.invoiceId);
    }
    for (const invoiceId of touched) {
      for (const source of this.sources.get(key(companyId, invoiceId)) ?? []) this.note(companyId, source);
      for (const part of this.books.allocationsTo(companyId, invoiceId)) {
        if (part.sourceKind === 'payment') this.note(companyId, part.sourceId);
      }
      this.stamp(this.books.invoice(companyId, invoiceId), event.at);
    }
    return [...touched];
  }

  /** UpdatedDateUTC of an invoice, an ISO instant. */
  updatedAt(row: SandboxInvoice): string {
    const held = this.store.all<Held>('xero-stamp').get(key(row.companyId, row.id));
    return held?.rowStamp === row.updatedAt ? held.at : row.updatedAt;
  }

  /** Parts of payments that are no more: Xero shows them as payments with Status DELETED. */
  gone(companyId: string, paymentId?: string): GonePart[] {
    return [...this.store.all<GonePart>('xero-gone').values()].filter(
      (part) => part.companyId === companyId && (paymentId === undefined || part.sourceId === paymentId),
    );
  }

  /** Compares a payment's parts with those known before; returns the invoices of both. */
  private note(companyId: string, paymentId: string): string[] {
    const source = key(companyId, paymentId);
    const before = this.from.get(source) ?? [];
    const now = this.books.allocationsFrom(companyId, 'payment', paymentId);
    const left = new Set(now.map((part) => part.id));
    const stands = this.books.payment(companyId, paymentId).status === 'open';
    for (const part of before) {
      if (left.has(part.id)) continue;
      const gone: GonePart = stands ? { ...part, freed: true } : part;
      this.store.put('xero-gone', key(companyId, part.id), gone);
    }
    this.from.set(source, now);
    for (const part of now) {
      const invoice = key(companyId, part.invoiceId);
      const linked = this.sources.get(invoice) ?? new Set();
      this.sources.set(invoice, linked.add(paymentId));
    }
    return [...before, ...now].map((part) => part.invoiceId);
  }

  private stamp(row: SandboxInvoice, at: string): void {
    const id = key(row.companyId, row.id);
    const before = this.seen.get(id);
    const print = this.print(row);
    if (before?.print === print && before.at !== row.updatedAt && this.partlyPaid(row)) {
      this.store.put('xero-stamp', id, { at: before.at, rowStamp: row.updatedAt } satisfies Held);
    } else if (before && before.print !== print && row.updatedAt < at) {
      this.store.put('xero-stamp', id, { at, rowStamp: row.updatedAt } satisfies Held);
    }
    this.seen.set(id, { print, at: this.updatedAt(row) });
  }

  private partlyPaid(row: SandboxInvoice): boolean {
    const due = this.books.balanceMinor(row.companyId, row.id);
    return row.status === 'open' && due > 0 && due < row.totalMinor;
  }

  /** All of the invoice but what may change without moving UpdatedDateUTC. */
  private print(row: SandboxInvoice): string {
    const { dueDate: _due, sentAt: _sent, version: _version, updatedAt: _updated, ...rest } = row;
    const parts = this.books.allocationsTo(row.companyId, row.id).map((part) => [part.id, part.amountMinor]);
    return createHash('sha1')
      .update(JSON.stringify([rest, parts]))
      .digest('base64');
  }
}

function key(companyId: string, id: string): string {
  return `${companyId}:${id}`;
}
