import { type BooksApi, BooksError, type SandboxAllocation } from '../books/model.ts';
import { creditOf, customerOf, invoiceOf, paymentOf, withoutNulls } from './bodies.ts';

/** One change of the books as a test orders it: what to do, to which row, with what. */
export interface Change {
  readonly do: string;
  /** The row that is changed; absent for a new one. */
  readonly id?: string;
  /** A new row (it may bring its own id), or the members to change. */
  readonly row?: Readonly<Record<string, unknown>>;
  readonly into?: string;
}

type Act = (books: BooksApi, companyId: string, change: Change, now: string) => void;

const ACTS: Readonly<Record<string, Act>> = {
  addCustomer: (books, of, { row }) => void books.addCustomer(of, customerOf(books, of, row ?? {})),
  updateCustomer: (books, of, { id, row }) =>
    void books.updateCustomer(of, id ?? '', withoutNulls(row ?? {})),
  mergeCustomer: (books, of, { id, into }) => books.mergeCustomer(of, id ?? '', into ?? ''),
  addInvoice: (books, of, { row }, now) => void books.addInvoice(of, invoiceOf(books, of, row ?? {}, now)),
  updateInvoice: (books, of, { id, row }) => void books.updateInvoice(of, id ?? '', withoutNulls(row ?? {})),
  emailInvoice: (books, of, { id }) => books.emailInvoice(of, id ?? ''),
  voidInvoice: (books, of, { id }) => books.voidInvoice(of, id ?? ''),
  deleteInvoice: (books, of, { id }) => books.deleteInvoice(of, id ?? ''),
  addPayment: (books, of, { row }) => {
    const made = paymentOf(books, of, row ?? {});
    books.addPayment(of, made.row, made.applyTo);
  },
  updatePayment: (books, of, { id, row }) => void books.updatePayment(of, id ?? '', withoutNulls(row ?? {})),
  voidPayment: (books, of, { id }) => books.voidPayment(of, id ?? ''),
  deletePayment: (books, of, { id }) => books.deletePayment(of, id ?? ''),
  addCredit: (books, of, { row }) => void books.addCredit(of, creditOf(books, of, row ?? {})),
  voidCredit: (books, of, { id }) => books.voidCredit(of, id ?? ''),
  deleteCredit: (books, of, { id }) => books.deleteCredit(of, id ?? ''),
  allocate: (books, of, { row }) =>
    void books.allocate(of, { date: books.today(of), ...row } as unknown as SandboxAllocation),
  removeAllocation: (books, of, { id }) => books.removeAllocation(of, id ?? ''),
};

/** Carries out one change. Throws BooksError `invalid` for a verb that is not known, and whatever the books refuse. */
export function carryOut(books: BooksApi, companyId: string, change: Change, now: string): void {
  const act = Object.hasOwn(ACTS, change.do) ? ACTS[change.do] : undefined;
  if (act === undefined) throw new BooksError('invalid', `The books can't ${change.do}`);
  act(books, companyId, change, now);
}
