import { daysBetween } from '../domain/day.ts';
import { formatAmount } from '../domain/money.ts';
import { oneLine, shorten } from './plain.ts';
import {
  allInvoices,
  openMinorOf,
  orderedGroups,
  pastDueMinor,
  type ReminderContent,
  type ReminderInvoice,
} from './reminder.ts';
import { asksNothing, kindOf } from './template.ts';
import { counted, dayWords, groupNames } from './wording/phrases.ts';

/** More rows than this make a mail that Gmail cuts off; the rest is summed up (facts: content). */
const MAX_ROWS = 25;

export interface InvoiceRow {
  readonly label: string;
  /** What it is called in running text: "Invoice 1042". */
  readonly name: string;
  readonly reference: string | null;
  readonly due: string;
  /** Empty for what is not past due. */
  readonly late: string;
  /** Without the currency, which the table's head names. */
  readonly open: string;
  /** The invoice's total when part of it is paid. */
  readonly total: string | null;
  /** Where the ledger shows it; null: nowhere. */
  readonly url: string | null;
}

/** A sum below the rows; the last one is what it comes to. */
export interface TotalRow {
  readonly words: string;
  readonly amount: string;
  readonly strong: boolean;
}

export interface InvoiceTable {
  readonly currency: string;
  /** The head of the first column. */
  readonly of: string;
  /** Whether anything in it is past due: else the column would be empty. */
  readonly hasLate: boolean;
  readonly groups: readonly { readonly heading: string | null; readonly rows: readonly InvoiceRow[] }[];
  readonly totals: readonly TotalRow[];
}

/** The invoices, or the instalment, that a message is about, with their sums; null where nothing is asked for. */
export function tableOf(content: ReminderContent): InvoiceTable | null {
  const kind = kindOf(content.template);
  if (asksNothing(kind)) return null;
  if (kind === 'instalment') return instalmentTable(content);
  const invoices = allInvoices(content);
  const all = kind === 'statement' ? byAge(invoices) : byStage(content);
  const listed = new Set(all.flatMap((group) => group.invoices).slice(0, MAX_ROWS));
  return {
    currency: content.currency,
    of: 'Invoice',
    hasLate: invoices.some((invoice) => invoice.daysLate > 0),
    groups: all
      .map((group) => ({
        heading: all.length > 1 ? group.heading : null,
        rows: group.invoices.filter((invoice) => listed.has(invoice)).map((each) => rowOf(each, content)),
      }))
      .filter((group) => group.rows.length > 0),
    totals: [
      ...moreTotals(
        content,
        invoices.filter((invoice) => !listed.has(invoice)),
      ),
      ...(kind === 'statement' ? statementTotals(content) : askTotals(content)),
    ],
  };
}

interface Grouped {
  readonly heading: string;
  readonly invoices: readonly ReminderInvoice[];
}

function byStage(content: ReminderContent): readonly Grouped[] {
  return orderedGroups(content).map(({ stage, invoices }) => ({ heading: groupNames[stage], invoices }));
}

function byAge(invoices: readonly ReminderInvoice[]): readonly Grouped[] {
  const sorted = invoices.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
  return [
    { heading: 'Past due', invoices: sorted.filter((invoice) => invoice.daysLate > 0) },
    { heading: 'Not yet due', invoices: sorted.filter((invoice) => invoice.daysLate <= 0) },
  ].filter((group) => group.invoices.length > 0);
}

function moreTotals(content: ReminderContent, rest: readonly ReminderInvoice[]): readonly TotalRow[] {
  if (rest.length === 0) return [];
  const amount = formatAmount(openMinorOf(rest), content.currency, content.locale);
  return [{ words: `and ${counted(rest.length, 'more invoice')}, together`, amount, strong: false }];
}

/** What is asked for: a single invoice without a credit says it in its own row. */
function askTotals(content: ReminderContent): readonly TotalRow[] {
  const { creditsMinor, askMinor, currency, locale } = content;
  const invoices = allInvoices(content);
  const courtesy = kindOf(content.template) === 'courtesy';
  if (invoices.length === 1 && creditsMinor === 0) return [];
  const amount = (minor: number): string => formatAmount(minor, currency, locale);
  const late = pastDueMinor(invoices);
  const early = openMinorOf(invoices) - late;
  const total = (words: string, minor: number, strong: boolean): TotalRow => ({
    words,
    amount: amount(minor),
    strong,
  });
  return [
    ...(early > 0 && !courtesy ? [total('Not yet due', early, false)] : []),
    courtesy ? total('Falls due', early, creditsMinor === 0) : total('Past due', late, creditsMinor === 0),
    ...(creditsMinor === 0
      ? []
      : [total('Your credit', -creditsMinor, false), total('To pay', askMinor, true)]),
  ];
}

/** The usual ages of receivables; the last one is open to the top. */
const AGES = [
  [1, 30],
  [31, 60],
  [61, 90],
  [91, Number.POSITIVE_INFINITY],
] as const;

/** P16: how old what is open is, the credits, and what it comes to. Ages with nothing in them are left out. */
function statementTotals(content: ReminderContent): readonly TotalRow[] {
  const { creditsMinor, currency, locale } = content;
  const invoices = allInvoices(content);
  const row = (words: string, minor: number, strong = false): TotalRow => ({
    words,
    amount: formatAmount(minor, currency, locale),
    strong,
  });
  const aged = [
    row('Not yet due', openMinorOf(invoices.filter((invoice) => invoice.daysLate <= 0))),
    ...AGES.map(([from, to]) =>
      row(
        to === Number.POSITIVE_INFINITY
          ? `More than ${from - 1} days past due`
          : `${from} to ${to} days past due`,
        openMinorOf(invoices.filter(({ daysLate }) => daysLate >= from && daysLate <= to)),
      ),
    ),
  ].filter(({ amount }) => /[1-9]/.test(amount));
  return [
    ...(aged.length > 1 ? aged : []),
    ...(creditsMinor === 0 ? [] : [row('Your credit', -creditsMinor)]),
    row('Total open', openMinorOf(invoices) - creditsMinor, true),
  ];
}

/** What is short of the plan, an instalment a row. */
function instalmentTable(content: ReminderContent): InvoiceTable {
  const { instalment, askMinor, currency, locale, today } = content;
  if (instalment === null) throw new RangeError('a message about an instalment needs one');
  const amount = (minor: number): string => formatAmount(minor, currency, locale);
  const rows = instalment.short.map(({ number, dueOn, amountMinor, openMinor }): InvoiceRow => {
    const late = Math.max(0, daysBetween(dueOn, today));
    const name = `Instalment ${number} of ${instalment.count}`;
    return {
      label: name,
      name,
      reference: null,
      due: dayWords(dueOn, locale),
      late: late > 0 ? counted(late, 'day') : '',
      open: amount(openMinor),
      total: amountMinor > openMinor ? amount(amountMinor) : null,
      url: null,
    };
  });
  return {
    currency,
    of: 'Payment',
    hasLate: rows.some(({ late }) => late !== ''),
    groups: [{ heading: null, rows }],
    totals: rows.length === 1 ? [] : [{ words: 'To pay', amount: amount(askMinor), strong: true }],
  };
}

function rowOf(invoice: ReminderInvoice, content: ReminderContent): InvoiceRow {
  const number = oneLine(invoice.number ?? '');
  const reference = oneLine(invoice.reference ?? '');
  const amount = (minor: number): string => formatAmount(minor, content.currency, content.locale);
  const label = number === '' ? 'no number' : shorten(number, 40);
  return {
    label,
    name: number === '' ? 'Invoice without number' : `Invoice ${label}`,
    reference: reference === '' ? null : shorten(reference, 40),
    due: dayWords(invoice.dueOn, content.locale),
    late: invoice.daysLate > 0 ? counted(invoice.daysLate, 'day') : '',
    open: amount(invoice.openMinor),
    total: invoice.totalMinor > invoice.openMinor ? amount(invoice.totalMinor) : null,
    url: invoice.url,
  };
}
