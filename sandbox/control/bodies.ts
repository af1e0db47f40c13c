/** What tests may leave out of a body, filled in. */
import type {
  BooksApi,
  New,
  SandboxCredit,
  SandboxCustomer,
  SandboxInvoice,
  SandboxPayment,
} from '../books/model.ts';

export interface CompanyParams {
  Params: { id: string };
}

export interface RowParams {
  Params: { id: string; rowId: string };
}

export type ApplyTo = { invoiceId: string; amountMinor: number };

/** In a JSON body `null` takes a member away; the books want `undefined` for that. */
export function withoutNulls<T>(body: Partial<T>): Partial<T> {
  const entries = Object.entries(body ?? {}).map(([key, value]) => [key, value === null ? undefined : value]);
  return Object.fromEntries(entries) as Partial<T>;
}

/** A member that is null in the body is left out. */
function given<T>(body: Partial<T>): Partial<T> {
  return Object.fromEntries(Object.entries(body ?? {}).filter(([, value]) => value !== null)) as Partial<T>;
}

export function customerOf(
  books: BooksApi,
  companyId: string,
  body: Partial<SandboxCustomer>,
): New<SandboxCustomer> {
  const { address, baseCurrency } = books.company(companyId);
  return {
    name: '',
    contacts: [],
    address,
    billWithParent: false,
    active: true,
    currency: baseCurrency,
    termsDays: 30,
    ...given(body),
  };
}

/** Without a date: today. Without a due date: by the customer's terms; `null`: none. Without `sentAt`: sent now. */
export function invoiceOf(
  books: BooksApi,
  companyId: string,
  body: Partial<SandboxInvoice>,
  now: string,
): New<SandboxInvoice> {
  const customer = books.customer(companyId, body.customerId ?? '');
  const date = body.date ?? books.today(companyId);
  const lines = body.lines ?? [];
  const row: New<SandboxInvoice> = {
    customerId: customer.id,
    date,
    currency: customer.currency,
    totalMinor: lines.reduce((sum, line) => sum + line.amountMinor, 0),
    status: 'open',
    lines,
    disputed: false,
    sentAt: now,
    ...given(body),
  };
  if (body.dueDate === undefined)
    row.dueDate = Temporal.PlainDate.from(date).add({ days: customer.termsDays }).toString();
  if (body.sentAt === null) delete row.sentAt;
  return row;
}

/** `applyTo` may be left out: then the money is unapplied. */
export function paymentOf(
  books: BooksApi,
  companyId: string,
  body: Partial<SandboxPayment> & { applyTo?: ApplyTo[] },
): { row: New<SandboxPayment>; applyTo: ApplyTo[] } {
  const { applyTo = [], ...rest } = body;
  const first = applyTo[0] ? books.invoice(companyId, applyTo[0].invoiceId) : undefined;
  const customerId = body.customerId ?? first?.customerId ?? '';
  const row = {
    customerId,
    date: books.today(companyId),
    currency: first?.currency ?? books.customer(companyId, customerId).currency,
    totalMinor: applyTo.reduce((sum, part) => sum + part.amountMinor, 0),
    status: 'open' as const,
    ...given<SandboxPayment>(rest),
  };
  return { row, applyTo };
}

export function creditOf(
  books: BooksApi,
  companyId: string,
  body: Partial<SandboxCredit>,
): New<SandboxCredit> {
  const customer = books.customer(companyId, body.customerId ?? '');
  return {
    customerId: customer.id,
    kind: 'credit_note',
    date: books.today(companyId),
    currency: customer.currency,
    totalMinor: 0,
    status: 'open',
    ...given(body),
  };
}
