import type { Contact } from '../domain/books.ts';

export interface Addressee {
  readonly name: string;
  readonly firstName: string | null;
  readonly email: string;
}

interface Reachable {
  readonly name: string;
  readonly firstName?: string | null;
  readonly emails: readonly string[];
  readonly contacts: readonly Contact[];
}

/**
 * Who gets the mail: the address that the ledger sends the oldest of these invoices to, else the customer's own first
 * address, else the first contact person whom the ledger itself would send invoices (CON-04). Null: nobody; then
 * nothing is sent and the step stays open (S9).
 */
export function recipientOf(
  customer: Reachable,
  invoiceEmails: readonly (readonly string[])[],
): Addressee | null {
  const onInvoice = invoiceEmails.flatMap((emails) => emails.slice(0, 1))[0];
  const forInvoices = customer.contacts.find((contact) => contact.forInvoices);
  const email = onInvoice ?? customer.emails[0] ?? forInvoices?.email;
  if (email === undefined) return null;
  const person = customer.contacts.find((contact) => contact.email.toLowerCase() === email.toLowerCase());
  const isMain = customer.emails.some((own) => own.toLowerCase() === email.toLowerCase());
  return {
    name: person?.name || customer.name,
    firstName:
      person?.name.split(' ')[0] || (isMain || onInvoice !== undefined ? (customer.firstName ?? null) : null),
    email,
  };
}
