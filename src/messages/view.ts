import { formatAmount, formatMoney } from '../domain/money.ts';
import { hostOf } from '../domain/web-address.ts';
import { lines, oneLine, shorten } from './plain.ts';
import {
  allInvoices,
  orderedGroups,
  pastDueMinor,
  type ReminderContent,
  type ReminderInvoice,
} from './reminder.ts';
import { subjectOf } from './subject.ts';
import { invoiceName } from './wording/fields.ts';
import { counted, dayWords, stepNames } from './wording/phrases.ts';

/** More rows than this make a mail that Gmail cuts off; the rest is summed up (facts: content). */
const MAX_ROWS = 25;

export interface InvoiceRow {
  readonly label: string;
  readonly reference: string | null;
  readonly due: string;
  readonly late: string;
  /** Without the currency, which the table's head names. */
  readonly open: string;
  /** The invoice's total when part of it is paid. */
  readonly total: string | null;
  /** Where the ledger shows it; null: nowhere. */
  readonly url: string | null;
}

export interface InvoiceTable {
  readonly currency: string;
  readonly groups: readonly { readonly heading: string | null; readonly rows: readonly InvoiceRow[] }[];
  readonly more: { readonly words: string; readonly amount: string } | null;
  /** The sum of all rows; null for a single invoice, whose row says it. */
  readonly pastDue: string | null;
  /** Set when a credit makes the amount asked differ from what is past due. */
  readonly net: { readonly credit: string; readonly ask: string } | null;
}

/** Every figure, date and name of a reminder in words, said once: HTML and text both take them from here. */
export interface ReminderView {
  readonly subject: string;
  readonly preheader: string;
  readonly greeting: string;
  readonly figure: string;
  /** ISO code, empty when the figure itself shows it. */
  readonly figureCurrency: string;
  readonly figureLabel: string;
  readonly payBy: string;
  readonly table: InvoiceTable;
  readonly others: string | null;
  readonly credit: string | null;
  readonly payUrl: string | null;
  /** What the button opens and at which host, so that nobody has to trust a button; null: there is none. */
  readonly payOpens: string | null;
  /** The invoice that the pay link opens, where the message is about several; null: it needs no name. */
  readonly payInvoice: string | null;
  readonly waysToPay: readonly string[];
  readonly wrongUrl: string;
  readonly brandName: string;
  readonly contact: { readonly name: string; readonly email: string; readonly phone: string | null };
  readonly creditor: { readonly legalName: string; readonly address: readonly string[] };
  readonly reference: string;
  readonly service: ServiceView | null;
  readonly stop: string;
}

export interface ServiceView {
  readonly name: string;
  readonly forCreditor: string;
  readonly status: string;
  readonly disclosure: string;
  readonly fullDisclosure: string;
}

/** Puts a reminder's content into words; all of it plain text, to be escaped by whoever makes HTML of it. */
export function viewOf(content: ReminderContent): ReminderView {
  const { brand, currency, locale } = content;
  const invoices = allInvoices(content);
  const money = (minor: number): string => formatMoney(minor, currency, locale);
  const figure = money(content.askMinor);
  const payBy = dayWords(content.payBy, locale, true);
  const count = counted(invoices.length, 'invoice');
  const what = invoices.length === 1 ? invoices.map((each) => invoiceName(each, locale)).join() : count;
  const label = content.creditsMinor > 0 ? `to pay on ${what}, after your credit` : `past due on ${what}`;
  const atStep = orderedGroups(content)[0]?.invoices.length ?? 0;
  const more = invoices.length - atStep;
  const subject = subjectOf(content);
  const firstName = oneLine(content.customer.firstName ?? '');
  return {
    subject,
    preheader: `${figure} ${label}. Please pay by ${payBy}.`,
    greeting: `Hello ${shorten(firstName === '' ? oneLine(content.customer.name) : firstName, 80)},`,
    figure,
    figureCurrency: figure.includes(currency) ? '' : currency,
    figureLabel: label,
    payBy,
    table: tableOf(content, invoices),
    others:
      more === 0
        ? null
        : `The list also has ${counted(more, 'other invoice')} past due, so that you have everything in one place.`,
    credit:
      content.creditsMinor === 0
        ? null
        : `You have a credit of ${money(content.creditsMinor)}; it is already taken off the amount asked for.`,
    ...payPart(content, invoices),
    waysToPay: lines(brand.waysToPay),
    wrongUrl: `mailto:${encodeURIComponent(brand.contactEmail).replace('%40', '@')}?subject=${encodeURIComponent(`Something is wrong: ${subject}`)}`,
    brandName: shorten(oneLine(brand.name), 80),
    contact: {
      name: shorten(oneLine(brand.contactName), 80),
      email: oneLine(brand.contactEmail),
      phone: brand.contactPhone === null ? null : oneLine(brand.contactPhone),
    },
    creditor: {
      legalName: shorten(oneLine(content.creditor.legalName), 120),
      address: lines(content.creditor.postalAddress),
    },
    reference: oneLine(content.reference),
    service: content.style === 'service' ? serviceOf(content) : null,
    stop: 'To stop e-mails like this one, reply with the word “stop”. Your reply goes to a person; what is owed stays the same.',
  };
}

function payPart(
  { payUrl, locale }: ReminderContent,
  invoices: readonly ReminderInvoice[],
): Pick<ReminderView, 'payUrl' | 'payOpens' | 'payInvoice'> {
  if (payUrl === null) return { payUrl, payOpens: null, payInvoice: null };
  const opened = invoices.find((invoice) => invoice.url === payUrl);
  const host = hostOf(payUrl);
  if (opened === undefined)
    return { payUrl, payOpens: `“View and pay” opens a page at ${host}.`, payInvoice: null };
  if (invoices.length === 1)
    return { payUrl, payOpens: `“View and pay” opens the invoice at ${host}.`, payInvoice: null };
  const payInvoice = invoiceName(opened, locale);
  const others = invoices.filter((invoice) => invoice.url !== null).length > 1;
  const more = others ? ' Each underlined number in the list opens its own.' : '';
  return { payUrl, payOpens: `“View and pay” opens ${payInvoice} at ${host}.${more}`, payInvoice };
}

function serviceOf(content: ReminderContent): ServiceView {
  const name = shorten(oneLine(content.brand.serviceName), 80);
  const creditor = shorten(oneLine(content.creditor.legalName), 120);
  return {
    name,
    forCreditor: `for ${creditor}`,
    status: `${stepNames[content.stepKey]} · reference ${oneLine(content.reference)}`,
    disclosure: `An accounts-receivable service acting for ${stopped(creditor)}`,
    fullDisclosure: `${name} is an accounts-receivable service acting for ${stopped(creditor)} It has not bought this debt and is not a law firm or debt-collection agency.`,
  };
}

/** The end of a sentence after a name that may itself end in a full stop: "Larkspur Inc." takes no second one. */
function stopped(name: string): string {
  return name.endsWith('.') ? name : `${name}.`;
}

function tableOf(content: ReminderContent, invoices: readonly ReminderInvoice[]): InvoiceTable {
  const { currency, locale } = content;
  const amount = (minor: number): string => formatAmount(minor, currency, locale);
  const all = orderedGroups(content);
  const listed = new Set(invoices.slice(0, MAX_ROWS));
  const rest = invoices.slice(MAX_ROWS);
  return {
    currency,
    groups: all
      .map((group) => ({
        heading: all.length > 1 ? stepNames[group.stepKey] : null,
        rows: group.invoices.filter((invoice) => listed.has(invoice)).map((each) => rowOf(each, content)),
      }))
      .filter((group) => group.rows.length > 0),
    more:
      rest.length === 0
        ? null
        : {
            words: `and ${counted(rest.length, 'more invoice')}, together`,
            amount: amount(pastDueMinor(rest)),
          },
    pastDue: invoices.length === 1 && content.creditsMinor === 0 ? null : amount(pastDueMinor(invoices)),
    net:
      content.creditsMinor === 0
        ? null
        : { credit: amount(-content.creditsMinor), ask: amount(content.askMinor) },
  };
}

function rowOf(invoice: ReminderInvoice, content: ReminderContent): InvoiceRow {
  const number = oneLine(invoice.number ?? '');
  const reference = oneLine(invoice.reference ?? '');
  const amount = (minor: number): string => formatAmount(minor, content.currency, content.locale);
  return {
    label: number === '' ? 'no number' : shorten(number, 40),
    reference: reference === '' ? null : shorten(reference, 40),
    due: dayWords(invoice.dueOn, content.locale),
    late: counted(invoice.daysLate, 'day'),
    open: amount(invoice.openMinor),
    total: invoice.totalMinor > invoice.openMinor ? amount(invoice.totalMinor) : null,
    url: invoice.url,
  };
}
