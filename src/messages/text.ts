import type { ReminderView } from './view.ts';
import type { InvoiceRow, InvoiceTable } from './view-table.ts';

/** The wording of a step with its merge fields filled in, as paragraphs. */
export interface FilledWording {
  readonly opening: readonly string[];
  readonly request: readonly string[];
  readonly closing: readonly string[];
}

/**
 * The plain-text part, made by hand: everything the HTML says, in the same order. Lines are not wrapped, so that a
 * phone does not break them twice.
 */
export function textOf(view: ReminderView, words: FilledWording): string {
  const about = view.table === null ? [] : tableLines(view.table, view.payUrl);
  const asked = [...optional(view.credit), ...words.request, ...optional(view.consequence)];
  const blocks = [
    ...headOf(view),
    view.greeting,
    ...words.opening,
    ...optional(view.others),
    ...(view.personal ? [...asked, ...words.closing, ...about] : [...figureLines(view), ...about, ...asked]),
    ...payLines(view),
    `Something wrong? Tell us: reply to this e-mail, or write to ${view.contact.email}.`,
    ...(view.personal ? [] : words.closing),
    ['Kind regards,', ...contactLines(view)].join('\n'),
    footOf(view),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function optional(text: string | null): string[] {
  return text === null ? [] : [text];
}

function headOf(view: ReminderView): string[] {
  if (view.service === null) return [];
  const { name, forCreditor, status, disclosure } = view.service;
  return [[`${name} ${forCreditor}`, status, disclosure].join('\n')];
}

function figureLines({ figure }: ReminderView): string[] {
  return figure === null ? [] : [`${figure.amount} ${figure.currency}`.trim().concat(` – ${figure.label}`)];
}

/** The table as lines. A link that the pay line says anyway is not said twice. */
export function tableLines(table: InvoiceTable, payUrl: string | null): string[] {
  const alone = table.groups.flatMap((group) => group.rows).length === 1;
  const groups = table.groups.map(({ heading, rows }) =>
    [
      ...(heading === null ? [] : [heading]),
      ...rows.flatMap((row) => [
        rowLine(row, table.currency),
        ...(row.url === null || (alone && row.url === payUrl) ? [] : [`  ${row.url}`]),
      ]),
    ].join('\n'),
  );
  const totals = totalLines(table);
  return totals.length === 0 ? groups : [...groups, totals.join('\n')];
}

/** One line a sum; a sum in words that end in a comma clause takes no colon. */
export function totalLines(table: InvoiceTable): string[] {
  return table.totals.map(({ words, amount }) =>
    words.startsWith('and ')
      ? `${words} ${amount} ${table.currency}`
      : `${words}: ${amount} ${table.currency}`,
  );
}

function rowLine(row: InvoiceRow, currency: string): string {
  const parts = [
    row.name,
    ...(row.reference === null ? [] : [`your reference ${row.reference}`]),
    `due ${row.due}`,
    ...(row.late === '' ? [] : [`${row.late} past due`]),
    `open ${row.open} ${currency}${row.total === null ? '' : ` of ${row.total}`}`,
  ];
  return `- ${parts.join(', ')}`;
}

function payLines(view: ReminderView): string[] {
  if (view.waysToPay === null) return [];
  const found: string[] = [];
  if (view.payUrl !== null)
    found.push(`View and pay${view.payInvoice === null ? '' : ` ${view.payInvoice}`}: ${view.payUrl}`);
  if (view.waysToPay.length > 0)
    found.push([view.payUrl === null ? 'How to pay' : 'Other ways to pay', ...view.waysToPay].join('\n'));
  if (found.length === 0) found.push(`For the payment details, ask ${view.contact.name}.`);
  return found;
}

/** Name, place in the business, and how to reach them, one a line. */
export function contactLines(view: ReminderView): string[] {
  const { name, title, email, phone } = view.contact;
  const office = view.service?.name ?? view.brandName;
  return [name, title === null ? office : `${title}, ${office}`, ...(phone === null ? [] : [phone]), email];
}

function footOf(view: ReminderView): string {
  const { creditor, service } = view;
  return [
    '--',
    ...(service === null ? [] : [service.fullDisclosure]),
    ...view.disclosures,
    [creditor.legalName, ...creditor.address].join(', '),
    `Reference ${view.reference}`,
    ...optional(view.stop),
  ].join('\n');
}
