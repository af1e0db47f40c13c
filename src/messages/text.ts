import type { InvoiceRow, InvoiceTable, ReminderView } from './view.ts';

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
  const blocks = [
    ...headOf(view),
    view.greeting,
    ...words.opening,
    ...(view.others === null ? [] : [view.others]),
    `${view.figure} ${view.figureCurrency}`.trim().concat(` – ${view.figureLabel}`),
    ...tableLines(view.table, view.payUrl),
    ...(view.credit === null ? [] : [view.credit]),
    ...words.request,
    ...payLines(view),
    `Something wrong? Tell us: reply to this e-mail, or write to ${view.contact.email}.`,
    ...words.closing,
    ['Kind regards,', ...contactLines(view)].join('\n'),
    footOf(view),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function headOf(view: ReminderView): string[] {
  if (view.service === null) return [];
  const { name, forCreditor, status, disclosure } = view.service;
  return [[`${name} ${forCreditor}`, status, disclosure].join('\n')];
}

/** A link that the pay line says anyway is not said twice. */
function tableLines(table: InvoiceTable, payUrl: string | null): string[] {
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
  const totals: string[] = [];
  if (table.more !== null) totals.push(`${table.more.words} ${table.more.amount} ${table.currency}`);
  if (table.pastDue !== null) totals.push(`Past due: ${table.pastDue} ${table.currency}`);
  if (table.net !== null) {
    totals.push(`Your credit: ${table.net.credit} ${table.currency}`);
    totals.push(`To pay: ${table.net.ask} ${table.currency}`);
  }
  return totals.length === 0 ? groups : [...groups, totals.join('\n')];
}

function rowLine(row: InvoiceRow, currency: string): string {
  const parts = [
    row.label === 'no number' ? 'Invoice without number' : `Invoice ${row.label}`,
    ...(row.reference === null ? [] : [`your reference ${row.reference}`]),
    `due ${row.due}`,
    `${row.late} past due`,
    `open ${row.open} ${currency}${row.total === null ? '' : ` of ${row.total}`}`,
  ];
  return `- ${parts.join(', ')}`;
}

function payLines(view: ReminderView): string[] {
  const found: string[] = [];
  if (view.payUrl !== null)
    found.push(`View and pay${view.payInvoice === null ? '' : ` ${view.payInvoice}`}: ${view.payUrl}`);
  if (view.waysToPay.length > 0)
    found.push([view.payUrl === null ? 'How to pay' : 'Other ways to pay', ...view.waysToPay].join('\n'));
  if (found.length === 0) found.push(`For the payment details, ask ${view.contact.name}.`);
  return found;
}

function contactLines(view: ReminderView): string[] {
  const { name, email, phone } = view.contact;
  const office = view.service?.name ?? view.brandName;
  return [name, office, ...(phone === null ? [] : [phone]), email];
}

function footOf(view: ReminderView): string {
  const { creditor, service } = view;
  return [
    '--',
    ...(service === null ? [] : [service.fullDisclosure]),
    [creditor.legalName, ...creditor.address].join(', '),
    `Reference ${view.reference}`,
    view.stop,
  ].join('\n');
}
