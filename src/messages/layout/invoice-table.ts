import { escapeHtml } from '../plain.ts';
import type { InvoiceRow, InvoiceTable } from '../view-table.ts';
import { name, section } from './parts.ts';
import { light } from './style.ts';

const CELL = `padding:9px 0 9px 8px;border-top:1px solid ${light.line};vertical-align:top;font-weight:normal;`;
const FIRST = `${CELL}padding-left:0;text-align:left;word-break:break-word;`;
const RIGHT = `${CELL}text-align:right;white-space:nowrap;`;
const SOFT = `color:${light.soft};`;

/**
 * The invoices as a table a screen reader can read: heads with their scope, the currency once in its column's head.
 * `above`: air in pixels, more below a signature than below a figure.
 */
export function tablePart(table: InvoiceTable, above: number): string {
  const groups = table.groups.map(({ heading, rows }) => {
    const head = heading === null ? '' : groupHead(heading, table.hasLate);
    return `<tbody class="line">${head}${rows.map((row) => rowOf(row, table.hasLate)).join('')}</tbody>`;
  });
  return section(
    `<mj-table css-class="ink side figures" color="${light.ink}" font-size="14px" line-height="20px" padding="${above}px 32px 12px">${headRow(table)}${groups.join('')}${footOf(table)}</mj-table>`,
  );
}

function headRow({ currency, of, hasLate }: InvoiceTable): string {
  const th = (words: string, align: string, more = ''): string =>
    `<th scope="col" class="soft" style="padding:0 0 7px ${align === 'left' ? '0' : '8px'};text-align:${align};font-weight:normal;vertical-align:bottom;${SOFT}${more}">${words}</th>`;
  return `<thead><tr>${th(of, 'left', 'white-space:nowrap;')}${th('Due', 'right')}${hasLate ? th('Past due', 'right', 'white-space:nowrap;') : ''}${th(`Open, ${currency}`, 'right', 'white-space:nowrap;')}</tr></thead>`;
}

function groupHead(words: string, hasLate: boolean): string {
  return `<tr><th scope="rowgroup" colspan="${hasLate ? 4 : 3}" style="${FIRST}padding-top:16px;font-weight:600;">${words}</th></tr>`;
}

function rowOf(row: InvoiceRow, hasLate: boolean): string {
  const reference =
    row.reference === null ? '' : `<br /><span class="soft" style="${SOFT}">${name(row.reference)}</span>`;
  const total =
    row.total === null ? '' : `<br /><span class="soft" style="${SOFT}">of ${name(row.total)}</span>`;
  return `<tr><th scope="row" style="${FIRST}">${labelOf(row)}${reference}</th><td style="${RIGHT}">${name(row.due)}</td>${hasLate ? `<td style="${RIGHT}">${row.late}</td>` : ''}<td style="${RIGHT}">${name(row.open)}${total}</td></tr>`;
}

/** The number, leading to the invoice's own page where there is one. */
function labelOf(row: InvoiceRow): string {
  if (row.url === null) return name(row.label);
  return `<a href="${escapeHtml(row.url)}" style="color:${light.ink};text-decoration:underline;">${name(row.label)}</a>`;
}

function footOf(table: InvoiceTable): string {
  // below groups that have heads of their own, the sums stand apart
  const apart = table.groups.some((group) => group.heading !== null) ? 'padding-top:20px;' : '';
  const rows = table.totals.map(({ words, amount, strong }, at) => {
    const weight = `${strong ? 600 : 400};${at === 0 ? apart : ''}`;
    return `<tr><th scope="row" colspan="${table.hasLate ? 3 : 2}" style="${FIRST}font-weight:${weight}">${words}</th><td style="${RIGHT}font-weight:${weight}">${name(amount)}</td></tr>`;
  });
  return rows.length === 0 ? '' : `<tfoot class="line">${rows.join('')}</tfoot>`;
}
