import type { BooksPage } from '../../src/ports/ledger.ts';
import { creditForms, type Parsed, parseCredit, parseInvoice, parsePayment } from './parse.ts';
import { parseContact } from './parse-contact.ts';

/** The rows of a page of books, without where the reading stands. */
export type Rows = Pick<BooksPage, 'customers' | 'invoices' | 'payments' | 'credits' | 'rejected'>;

/** One list of Xero's: how it is asked for and how its rows are read. */
export interface Stage {
  /** For the progress line. */
  readonly label: string;
  /** The endpoint, which is also the name of the list in its answer. */
  readonly list: string;
  readonly query: Readonly<Record<string, string>>;
  readonly parse: (rows: readonly unknown[]) => Rows;
}

const nothing: Rows = { customers: [], invoices: [], payments: [], credits: [], rejected: [] };

function sorted<T>(parsed: readonly Parsed<T>[]): { rows: T[]; rejected: Rows['rejected'] } {
  return {
    rows: parsed.flatMap((one) => (one !== null && 'row' in one ? [one.row] : [])),
    rejected: parsed.flatMap((one) => (one !== null && 'rejected' in one ? [one.rejected] : [])),
  };
}

export const contactStage: Stage = {
  label: 'customers',
  list: 'Contacts',
  // merged contacts are archived ones, and it is only there that Xero says into whom (R16)
  query: { includeArchived: 'true' },
  parse(raw) {
    const { rows, rejected } = sorted(raw.map(parseContact));
    return { ...nothing, customers: rows, rejected };
  },
};

/** Summary rows carry all we need and spare the lines, which are most of the bytes that Xero meters. */
export const invoiceStage: Stage = {
  label: 'invoices',
  list: 'Invoices',
  query: { where: 'Type=="ACCREC"', summaryOnly: 'true' },
  parse(raw) {
    const { rows, rejected } = sorted(raw.map(parseInvoice));
    return { ...nothing, invoices: rows, rejected };
  },
};

function creditStage(name: keyof typeof creditForms, label: string): Stage {
  return {
    label,
    list: name,
    query: {},
    parse(raw) {
      const { rows, rejected } = sorted(raw.map((row) => parseCredit(creditForms[name], row)));
      return { ...nothing, credits: rows, rejected };
    },
  };
}

export const creditStages: readonly Stage[] = [
  creditStage('CreditNotes', 'credit notes'),
  creditStage('Overpayments', 'overpayments'),
  creditStage('Prepayments', 'prepayments'),
];

const payments: Stage = {
  label: 'payments',
  list: 'Payments',
  // without naming them, Xero leaves out deleted payments, and a payment that was taken back reopens a case (R6)
  query: { where: 'PaymentType=="ACCRECPAYMENT" AND (Status=="AUTHORISED" OR Status=="DELETED")' },
  parse(raw) {
    const { rows, rejected } = sorted(raw.map(parsePayment));
    return { ...nothing, payments: rows, rejected };
  },
};

/** In this order: whoever is named by a row comes before it. */
export const stages: readonly Stage[] = [contactStage, invoiceStage, ...creditStages, payments];
