import type {
  Credit,
  Customer,
  Invoice,
  Payment,
  RejectedRow,
  RemovedRow,
  RowKind,
} from '../../src/domain/books.ts';
import type { Currency } from '../../src/domain/currency.ts';
import { at, text } from '../../src/platform/json.ts';
import { instantOf, type Parsed } from './fields.ts';
import { parseCredit, parseCustomer, parseInvoice, parsePayment, type TermNames } from './parse.ts';

/** What we read, in the order in which a first sync reads it: nothing comes before what it refers to. */
export const entities = ['Customer', 'Invoice', 'CreditMemo', 'Payment'] as const;
export type Entity = (typeof entities)[number];

/** For the progress line. */
export const stageOf: Readonly<Record<Entity, string>> = {
  Customer: 'customers',
  Invoice: 'invoices',
  CreditMemo: 'credits',
  Payment: 'payments',
};

export const kindOf: Readonly<Record<Entity, RowKind>> = {
  Customer: 'customer',
  Invoice: 'invoice',
  CreditMemo: 'credit',
  Payment: 'payment',
};

/** Parsed rows of one page, sorted by what they are. */
export interface Rows {
  readonly customers: Customer[];
  readonly invoices: Invoice[];
  readonly payments: Payment[];
  readonly credits: Credit[];
  readonly removed: RemovedRow[];
  readonly rejected: RejectedRow[];
}

export function noRows(): Rows {
  return { customers: [], invoices: [], payments: [], credits: [], removed: [], rejected: [] };
}

/**
 * Parses rows of one entity into `rows`. A deletion is a stub with an id and little else: it becomes `removed`,
 * stamped `readAt` (ISO instant) when it carries no time of its own.
 */
export function addRows(
  rows: Rows,
  entity: Entity,
  raws: readonly unknown[],
  home: Currency,
  readAt: string,
  terms?: TermNames,
): void {
  for (const raw of raws) {
    const id = text(at(raw, 'Id'));
    if (id !== null && text(at(raw, 'status')) === 'Deleted') {
      const changedAt = instantOf(at(raw, 'MetaData', 'LastUpdatedTime')) ?? readAt;
      rows.removed.push({ kind: kindOf[entity], id, changedAt });
    } else {
      addRow(rows, entity, raw, home, terms);
    }
  }
}

function addRow(rows: Rows, entity: Entity, raw: unknown, home: Currency, terms?: TermNames): void {
  const keep = <T>(parsed: Parsed<T>, into: T[]) => {
    if ('value' in parsed) into.push(parsed.value);
    else rows.rejected.push(parsed.rejected);
  };
  if (entity === 'Customer') keep(parseCustomer(raw, home, terms), rows.customers);
  else if (entity === 'Invoice') keep(parseInvoice(raw, home, terms), rows.invoices);
  else if (entity === 'CreditMemo') keep(parseCredit(raw, home), rows.credits);
  else keep(parsePayment(raw, home), rows.payments);
}
