import type { Contact } from '../domain/books.ts';
import type { StepRecipients } from '../policies/step.ts';

/** Why somebody gets a copy. `blind`: the business's own, of which the reader is not told (CON-05). */
export type CopyReason = 'contact' | 'escalation' | 'blind';

/** Somebody who gets the same message besides its recipient, as a message of their own. */
export interface Copy {
  /** In small letters. */
  readonly email: string;
  readonly name: string;
  readonly why: CopyReason;
}

export interface CopyInput {
  /** Of the step as it was made for this customer: whom the law forbids to tell is not in it any more. */
  readonly recipients: StepRecipients;
  readonly recipientEmail: string;
  /** Of the customer, as the ledger has them. */
  readonly contacts: readonly Contact[];
  /** P11; null: the customer has none. */
  readonly escalation: { readonly name: string; readonly email: string } | null;
  readonly bccEmail: string | null;
  /** IDM-11: a repetition goes to one address, and to the business itself. */
  readonly repeats: boolean;
}

/**
 * Who else gets a message: contacts that the ledger marks for invoices (CON-04), the escalation contact (P11), and the
 * business's own address (CON-05); each address once, and never the recipient again. Pure.
 */
export function copiesFor(input: CopyInput): readonly Copy[] {
  const { recipients, contacts, escalation, bccEmail, repeats } = input;
  const named: readonly Copy[] = [
    ...(recipients.contacts && !repeats ? contacts.filter((contact) => contact.forInvoices) : []).map(
      (contact) => copy(contact.email, contact.name, 'contact'),
    ),
    ...(recipients.escalation && !repeats && escalation !== null
      ? [copy(escalation.email, escalation.name, 'escalation')]
      : []),
    ...(bccEmail === null ? [] : [copy(bccEmail, '', 'blind')]),
  ];
  const seen = new Set([input.recipientEmail.toLowerCase()]);
  return named.filter(({ email }) => {
    if (email === '' || seen.has(email)) return false;
    seen.add(email);
    return true;
  });
}

function copy(email: string, name: string, why: CopyReason): Copy {
  return { email: email.trim().toLowerCase(), name: name.trim(), why };
}

export const copyWords: Readonly<Record<CopyReason, string>> = {
  contact: 'gets invoices there',
  escalation: 'escalation contact',
  blind: 'blind copy for you',
};
