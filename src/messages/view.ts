import { formatMoney } from '../domain/money.ts';
import { hostOf } from '../domain/web-address.ts';
import { consequenceOf } from './consequence-words.ts';
import { lines, oneLine, shorten } from './plain.ts';
import {
  allInvoices,
  leadingInvoices,
  openMinorOf,
  pastDueMinor,
  type ReminderContent,
  type ReminderInvoice,
} from './reminder.ts';
import { subjectOf } from './subject.ts';
import { asksNothing, isPersonal, kindOf, titles } from './template.ts';
import { type InvoiceTable, tableOf } from './view-table.ts';
import { instalmentDue, instalmentName, invoiceName, isNameless } from './wording/fields.ts';
import { counted, dayWords } from './wording/phrases.ts';

/** The one figure of a message. */
export interface FigureView {
  readonly amount: string;
  /** ISO code, empty when the amount itself shows it. */
  readonly currency: string;
  readonly label: string;
}

/** Every figure, date and name of a message in words, said once: HTML, text and letter all take them from here. */
export interface ReminderView {
  readonly subject: string;
  readonly preheader: string;
  readonly greeting: string;
  /** Null where nothing is asked for. */
  readonly figure: FigureView | null;
  /** Written by a person in the first person: the table follows the words, and there is no large figure (P10). */
  readonly personal: boolean;
  readonly payBy: string;
  readonly table: InvoiceTable | null;
  readonly others: string | null;
  readonly credit: string | null;
  /** P8: the approved consequence, in a sentence of ours. */
  readonly consequence: string | null;
  readonly payUrl: string | null;
  /** What the button opens and at which host, so that nobody has to trust a button; null: there is none. */
  readonly payOpens: string | null;
  /** The invoice that the pay link opens, where the message is about several; null: it needs no name. */
  readonly payInvoice: string | null;
  /** Null: nothing is to be paid, so nothing is said of how. */
  readonly waysToPay: readonly string[] | null;
  readonly wrongUrl: string;
  readonly brandName: string;
  readonly contact: {
    readonly name: string;
    readonly title: string | null;
    readonly email: string;
    readonly phone: string | null;
  };
  readonly creditor: { readonly legalName: string; readonly address: readonly string[] };
  readonly reference: string;
  readonly service: ServiceView | null;
  readonly disclosures: readonly string[];
  /** How to stop e-mails; null: this is none. */
  readonly stop: string | null;
}

export interface ServiceView {
  readonly name: string;
  readonly forCreditor: string;
  readonly status: string;
  readonly disclosure: string;
  readonly fullDisclosure: string;
}

/** Puts a message's content into words; all of it plain text, to be escaped by whoever makes HTML of it. */
export function viewOf(content: ReminderContent): ReminderView {
  const { brand, locale, signer } = content;
  const payBy = dayWords(content.payBy, locale, true);
  const subject = subjectOf(content);
  const asks = content.askMinor > 0;
  const byPost = content.channel === 'letter';
  const figure = figureOf(content);
  return {
    subject,
    preheader: preheaderOf(content, figure, payBy),
    greeting: greetingOf(content),
    figure,
    personal: isPersonal(content.template),
    payBy,
    table: tableOf(content),
    others: othersOf(content),
    credit: creditOf(content),
    consequence: consequenceOf(content, payBy),
    ...(asks && !byPost ? payPart(content) : { payUrl: null, payOpens: null, payInvoice: null }),
    waysToPay: asks ? lines(brand.waysToPay) : null,
    wrongUrl: `mailto:${encodeURIComponent(signer.email).replace('%40', '@')}?subject=${encodeURIComponent(`Something is wrong: ${subject}`)}`,
    brandName: shorten(oneLine(brand.name), 80),
    contact: {
      name: shorten(oneLine(signer.name), 80),
      title: signer.title === null ? null : shorten(oneLine(signer.title), 80),
      email: oneLine(signer.email),
      phone: signer.phone === null ? null : oneLine(signer.phone),
    },
    creditor: {
      legalName: shorten(oneLine(content.creditor.legalName), 120),
      address: lines(content.creditor.postalAddress),
    },
    reference: oneLine(content.reference),
    service: content.style === 'service' ? serviceOf(content) : null,
    disclosures: [...new Set(content.disclosures.map(oneLine))],
    stop: byPost
      ? null
      : `${oneLine(content.stop ?? 'To stop e-mails like this one, reply with the word “stop”.')} Your reply goes to a person; what is owed stays the same.`,
  };
}

function greetingOf({ customer, channel }: ReminderContent): string {
  const firstName = oneLine(customer.firstName ?? '');
  const hello = channel === 'letter' ? 'Dear' : 'Hello';
  return `${hello} ${shorten(firstName === '' ? oneLine(customer.name) : firstName, 80)},`;
}

function figureOf(content: ReminderContent): FigureView | null {
  const { askMinor, creditsMinor, currency, locale } = content;
  const kind = kindOf(content.template);
  if (asksNothing(kind)) return null;
  const invoices = allInvoices(content);
  const shown = kind === 'statement' ? openMinorOf(invoices) - creditsMinor : askMinor;
  const amount = formatMoney(shown, currency, locale);
  return { amount, currency: amount.includes(currency) ? '' : currency, label: labelOf(content, invoices) };
}

function labelOf(content: ReminderContent, invoices: readonly ReminderInvoice[]): string {
  const { creditsMinor, currency, instalment, locale } = content;
  const [only] = invoices;
  const what =
    invoices.length === 1 && only !== undefined
      ? invoiceName(only, locale)
      : counted(invoices.length, 'invoice');
  const credited = creditsMinor > 0 ? ', after your credit' : '';
  switch (kindOf(content.template)) {
    case 'courtesy':
      return invoices.length === 1 && only !== undefined
        ? `due on ${dayWords(only.dueOn, locale)}${isNameless(only) ? '' : `, ${what}`}${credited}`
        : `falls due soon on ${what}${credited}`;
    case 'statement': {
      const late = pastDueMinor(invoices);
      const part = late > 0 ? `, ${formatMoney(late, currency, locale)} of it past due` : '';
      return creditsMinor > 0 ? `open on ${what}${credited}` : `open on ${what}${part}`;
    }
    case 'instalment':
      return instalment === null ? '' : `${instalmentName(instalment)}, ${instalmentDue(instalment, locale)}`;
    default: {
      const late = invoices.filter((invoice) => invoice.daysLate > 0).length;
      const past = late === invoices.length ? what : counted(late, 'invoice');
      return creditsMinor > 0 ? `to pay on ${past}${credited}` : `past due on ${past}`;
    }
  }
}

function preheaderOf(content: ReminderContent, figure: FigureView | null, payBy: string): string {
  if (figure === null)
    return kindOf(content.template) === 'withdrawal'
      ? 'What we announced will not happen. There is nothing that you need to do.'
      : 'Your payment has arrived. There is nothing more to do.';
  const ask =
    content.askMinor > 0 && kindOf(content.template) !== 'courtesy' ? ` Please pay by ${payBy}.` : '';
  return `${figure.amount} ${figure.label}.${ask}`;
}

/** Invoices in the table besides those that the words are about. */
function othersOf(content: ReminderContent): string | null {
  const leading = new Set(leadingInvoices(content));
  const rest = allInvoices(content).filter((invoice) => !leading.has(invoice));
  const late = rest.filter((invoice) => invoice.daysLate > 0).length;
  const early = rest.length - late;
  if (late > 0)
    return `The list also has ${counted(late, 'other invoice')} past due${early > 0 ? ` and ${early} not due yet` : ''}, so that you have everything in one place.`;
  return early > 0
    ? `The list also has ${counted(early, 'invoice')} not due yet, so that you have everything in one place.`
    : null;
}

function creditOf({ creditsMinor, currency, locale, askMinor, template }: ReminderContent): string | null {
  if (creditsMinor === 0) return null;
  const money = formatMoney(creditsMinor, currency, locale);
  const from = kindOf(template) === 'statement' && askMinor === 0 ? 'the total' : 'the amount asked for';
  return `You have a credit of ${money}; it is already taken off ${from}.`;
}

function payPart({
  payUrl,
  locale,
  ...content
}: ReminderContent): Pick<ReminderView, 'payUrl' | 'payOpens' | 'payInvoice'> {
  if (payUrl === null) return { payUrl, payOpens: null, payInvoice: null };
  const invoices = allInvoices({ ...content, payUrl, locale });
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
    status: `${titles[content.template]} · reference ${oneLine(content.reference)}`,
    disclosure: `An accounts-receivable service acting for ${stopped(creditor)}`,
    fullDisclosure: `${name} is an accounts-receivable service acting for ${stopped(creditor)} It has not bought this debt and is not a law firm or debt-collection agency.`,
  };
}

/** The end of a sentence after a name that may itself end in a full stop: "Larkspur Inc." takes no second one. */
function stopped(name: string): string {
  return name.endsWith('.') ? name : `${name}.`;
}
