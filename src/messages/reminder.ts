import type { Currency } from '../domain/currency.ts';
import type { Day } from '../domain/day.ts';
import { sumMinor } from '../domain/money.ts';
import type { Accrued } from '../policies/consequences/consequence.ts';
import type { Channel, Stage } from '../policies/step.ts';
import type { Brand } from './brand.ts';
import type { Signer } from './signer.ts';
import { kindOf, type TemplateKey } from './template.ts';

export interface ReminderInvoice {
  readonly number: string | null;
  /** The customer's own order number or reference. */
  readonly reference: string | null;
  readonly dueOn: Day;
  /** 0 until the day after the due date. */
  readonly daysLate: number;
  readonly openMinor: number;
  readonly totalMinor: number;
  /** Where the ledger shows this invoice to the customer, exactly as the ledger said; null: it offers none. */
  readonly url: string | null;
}

/** Invoices that are at the same stage; `listed` ones are open but not at a stage of their own with this message. */
export interface ReminderGroup {
  readonly stage: Stage | 'listed';
  readonly invoices: readonly ReminderInvoice[];
}

/** P8: something the business will do, said only where a person approved it. */
export interface AnnouncedConsequence {
  /** A clause that follows a comma, as the catalogue has it: "we will stop further deliveries". */
  readonly words: string;
  /** The first day on which it may happen. */
  readonly on: Day;
  /** What interest comes to by the day of the message; null or absent: no sum is named. */
  readonly accrued?: Accrued | null;
}

/** R11: the payment plan that a message is about. Minor units. */
export interface DueInstalment {
  /** The instalments that are short, oldest first, at least one: their numbers follow one another. */
  readonly short: readonly {
    readonly number: number;
    readonly dueOn: Day;
    readonly amountMinor: number;
    readonly openMinor: number;
  }[];
  /** How many the plan has. */
  readonly count: number;
  /** The last day on which the oldest may be paid; after it the plan ends. */
  readonly payBy: Day;
  readonly agreedOn: Day;
  /** What came in under the plan. */
  readonly receivedMinor: number;
}

/** What is short of a plan, all in all. */
export function shortMinorOf({ short }: DueInstalment): number {
  return sumMinor(short.map((one) => one.openMinor));
}

/** All that a message says: one customer, one currency (R3); amounts in minor units, days in the company's zone. */
export interface ReminderContent {
  readonly brand: Brand;
  /** Whose stationery it is on, as decided for this debtor: not necessarily the brand's own choice. */
  readonly style: 'own' | 'service';
  readonly signer: Signer;
  readonly creditor: {
    readonly legalName: string;
    readonly postalAddress: string;
    readonly country: string;
    readonly email: string | null;
    readonly phone: string | null;
  };
  readonly customer: { readonly name: string; readonly firstName: string | null };
  readonly channel: Channel;
  readonly template: TemplateKey;
  /** The strictest stage in the message (S2). */
  readonly stage: Stage;
  /** The customer's language, for example `de`; null: not known. */
  readonly language: string | null;
  /** The case's reference, for example `4K7-219`: what keeps a conversation together. */
  readonly reference: string;
  readonly currency: Currency;
  /** How the company writes numbers and dates, for example `en-NZ`. */
  readonly locale: string;
  readonly groups: readonly ReminderGroup[];
  /** Unapplied credits, taken off what is asked (R4). */
  readonly creditsMinor: number;
  readonly askMinor: number;
  readonly today: Day;
  readonly payBy: Day;
  /** Where the button leads; null: there is none (CON-10). */
  readonly payUrl: string | null;
  readonly logoUrl: string | null;
  /** Reminders of these invoices that have reached somebody before this one: written, or by telephone. */
  readonly earlier: number;
  /** The day on which the last letter of the case was posted (P3); null: none was. */
  readonly letterOn: Day | null;
  /** The day that was promised and went by; null: none. */
  readonly promisedOn: Day | null;
  readonly instalment: DueInstalment | null;
  /** Who receives a copy, by name (P11); null: nobody. */
  readonly copiedTo: string | null;
  /** Of a call to the customer's escalation contact (P11): their name; null: the billing contact is called. */
  readonly head: string | null;
  /** Of a call that follows an e-mail: the day on which that one left (P3); null: none did. */
  readonly wroteOn: Day | null;
  readonly consequence: AnnouncedConsequence | null;
  /** The day of the message whose consequence is withdrawn now; null: there is none. */
  readonly announcedOn: Day | null;
  /** Sentences that the debtor's law asks for; they stand below every message and can't be removed. */
  readonly disclosures: readonly string[];
  /** How to stop e-mails, in the law's words; null: the house's own. */
  readonly stop: string | null;
}

/** A message ready to send; the subject and the sender's name are one line each. */
export interface ComposedReminder {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly fromName: string;
}

export const strictestFirst = ['final', 'third', 'second', 'first', 'courtesy', 'listed'] as const;

/** The groups that have invoices, strictest first, in each the longest past due first. */
export function orderedGroups(content: ReminderContent): ReminderGroup[] {
  return strictestFirst
    .map((stage) => ({
      stage,
      invoices: content.groups
        .filter((group) => group.stage === stage)
        .flatMap((group) => group.invoices)
        .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0)),
    }))
    .filter((group) => group.invoices.length > 0);
}

export function allInvoices(content: ReminderContent): ReminderInvoice[] {
  return orderedGroups(content).flatMap((group) => group.invoices);
}

/** What the wording speaks of: the invoices at the message's own stage (S2); all of them where there are no stages. */
export function leadingInvoices(content: ReminderContent): readonly ReminderInvoice[] {
  const kind = kindOf(content.template);
  if (kind !== 'reminder' && kind !== 'courtesy') return allInvoices(content);
  return orderedGroups(content).find((group) => group.stage === content.stage)?.invoices ?? [];
}

/** The sum of what is open on these invoices, in minor units. */
export function openMinorOf(invoices: readonly ReminderInvoice[]): number {
  return sumMinor(invoices.map((invoice) => invoice.openMinor));
}

/** The sum of what is past due of them, in minor units. */
export function pastDueMinor(invoices: readonly ReminderInvoice[]): number {
  return openMinorOf(invoices.filter((invoice) => invoice.daysLate > 0));
}

/** The invoice that the button opens: the one longest past due of those that the ledger shows online. */
export function invoiceToOpen<T extends Pick<ReminderInvoice, 'url' | 'dueOn'>>(
  invoices: readonly T[],
): T | null {
  const online = invoices.filter((invoice) => invoice.url !== null);
  return online.reduce<T | null>(
    (oldest, each) => (oldest === null || each.dueOn < oldest.dueOn ? each : oldest),
    null,
  );
}
