import { record } from '../activity/activity.store.ts';
import { noCustomer } from '../books/customer-name.store.ts';
import { markStale } from '../books/mirror.store.ts';
import { isEmailAddress } from '../domain/email-address.ts';
import { isTelephoneNumber } from '../domain/telephone-number.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { addJob } from '../platform/jobs.ts';

export interface NamedPerson {
  readonly name: string;
  readonly email: string;
}

export interface EscalationContact extends NamedPerson {
  /** Null: they are called at the customer's number. */
  readonly phone: string | null;
}

/** What the business says of a customer and no ledger knows. */
export interface CustomerPeople {
  /** P11: at the customer; copied in, or called, by steps that widen the circle. */
  readonly escalation: EscalationContact | null;
  /** P9: at the business; owns the relationship and is told before a step goes out. */
  readonly sales: NamedPerson | null;
  /** The debtor agreed to e-mail, or refused it; null: nobody asked. Some places allow none without (New York City). */
  readonly emailConsent: boolean | null;
}

/** As a person or a client says it; a number that is not mentioned stays as it is. */
export interface WishedPeople extends Omit<CustomerPeople, 'escalation'> {
  readonly escalation: (NamedPerson & { readonly phone?: string | null }) | null;
}

/** Throws UserError not_found. */
export async function readPeople(tx: Tx, companyId: string, customerId: string): Promise<CustomerPeople> {
  const row = await tx
    .selectFrom('customer')
    .select(['escalation_name', 'escalation_email', 'escalation_phone', 'sales_name', 'sales_email'])
    .select('email_consent')
    .where('company_id', '=', companyId)
    .where('customer_id', '=', customerId)
    .executeTakeFirst();
  if (row === undefined) throw noCustomer();
  const escalation = personOf(row.escalation_name, row.escalation_email);
  return {
    escalation: escalation === null ? null : { ...escalation, phone: row.escalation_phone },
    sales: personOf(row.sales_name, row.sales_email),
    emailConsent: row.email_consent,
  };
}

/**
 * Says who is copied in, who is told and whether e-mail is agreed to, all at once; what is due is planned anew. A
 * number of the escalation contact that is absent keeps what is stored of that person; null or empty erases it. Throws
 * UserError `bad_input` with the field for an address or a number that is none, or for a number whose person has no
 * address; `not_found`.
 */
export async function setPeople(
  tx: Tx,
  companyId: string,
  customerId: string,
  people: WishedPeople,
  by: string,
  now: Date,
): Promise<void> {
  const before = await readPeople(tx, companyId, customerId);
  const escalation = judged(people.escalation, 'escalationEmail', people.escalation?.phone ?? '');
  const wished = people.escalation?.phone;
  const kept = isSomeoneElse(before.escalation, escalation) ? null : (before.escalation?.phone ?? null);
  const phone = escalation === null ? null : wished === undefined ? kept : numberOf(wished ?? '');
  const sales = judged(people.sales, 'salesEmail');
  const result = await tx
    .updateTable('customer')
    .set({
      escalation_name: escalation?.name ?? null,
      escalation_email: escalation?.email ?? null,
      escalation_phone: phone,
      sales_name: sales?.name ?? null,
      sales_email: sales?.email ?? null,
      email_consent: people.emailConsent,
      said_by: by,
    })
    .where('company_id', '=', companyId)
    .where('customer_id', '=', customerId)
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) throw noCustomer();
  await record(tx, companyId, now, [
    {
      kind: 'customer_people_set',
      actor: by,
      summary: summaryOf(before, { escalation, sales, emailConsent: people.emailConsent }),
      customerId,
    },
  ]);
  await markStale(tx, companyId, [customerId]);
  await addJob(tx, 'reconcile', { companyId });
}

function personOf(name: string | null, email: string | null): NamedPerson | null {
  return email === null ? null : { name: name ?? '', email };
}

/** `phone`: as typed beside them; whoever has a number has to have an address, or the number would be lost. */
function judged(person: NamedPerson | null, field: string, phone = ''): NamedPerson | null {
  if (person === null) return null;
  const [name, email] = [person.name.trim().slice(0, 120), person.email.trim()];
  if (email === '' && name === '' && phone.trim() === '') return null;
  if (isEmailAddress(email)) return { name, email };
  if (email === '')
    throw new UserError('bad_input', 'There is no e-mail address.', 'Give their e-mail address too.', field);
  throw new UserError(
    'bad_input',
    `“${email}” is not an e-mail address.`,
    'Write it as name@example.com, or empty both fields.',
    field,
  );
}

/** Neither the name nor the address is as before: the number of the one is not that of the other. */
function isSomeoneElse(before: NamedPerson | null, now: NamedPerson | null): boolean {
  const sameName = now?.name !== '' && before?.name === now?.name;
  return !sameName && before?.email !== now?.email;
}

/** Null: none was given. */
function numberOf(typed: string): string | null {
  const phone = typed.trim();
  if (phone === '') return null;
  if (isTelephoneNumber(phone)) return phone;
  throw new UserError(
    'bad_input',
    `“${phone.slice(0, 60)}” is not a telephone number.`,
    'Give it in digits, for example +1 503 555 0142, or leave it empty.',
    'escalationPhone',
  );
}

interface PeopleSaid {
  readonly escalation: NamedPerson | null;
  readonly sales: NamedPerson | null;
  readonly emailConsent: boolean | null;
}

/** Addresses stay out of the activity: names say enough. Where only e-mail was agreed to or refused, that alone. */
function summaryOf(before: PeopleSaid, { escalation, sales, emailConsent: consent }: PeopleSaid): string {
  const samePeople = sameOne(before.escalation, escalation) && sameOne(before.sales, sales);
  if (samePeople && consent !== before.emailConsent && consent !== null)
    return consent ? 'The customer agrees to e-mail.' : 'The customer refuses e-mail: none is sent any more.';
  const copied =
    escalation === null ? 'nobody is copied in' : `${escalation.name || 'a further contact'} is copied in`;
  const told = sales === null ? 'nobody is told beforehand' : `${sales.name || 'the sales owner'} is told`;
  const agreed = consent === null ? '' : consent ? '; e-mail is agreed to' : '; e-mail was refused';
  return `People of this customer: ${copied} where a step says so; ${told} before a step goes out${agreed}.`;
}

function sameOne(one: NamedPerson | null, other: NamedPerson | null): boolean {
  return one?.name === other?.name && one?.email === other?.email;
}
