import { escapeHtml } from '../plain.ts';
import type { InvoiceTable } from '../view-table.ts';
import type { LetterView } from './letter.ts';
import { letterStyle } from './letter-style.ts';
import { payWords, reachWords } from './letter-text.ts';

/** A printable page (or two) with its own styles; nothing in it runs or is fetched, but the logo. */
export function letterHtml(letter: LetterView): string {
  const { view } = letter;
  const enclosure =
    view.table === null || !letter.enclosed
      ? ''
      : `<section class="sheet second"><h2>${text(`Statement, reference ${view.reference}`)}</h2>${tableHtml(view.table)}</section>`;
  return `<!doctype html><html lang="${letter.language}" dir="ltr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${text(letter.matter)}</title><style>${letterStyle(letter.paper)}</style></head><body>
${letter.addressMissing ? '<p class="note">The customer’s postal address is not in the books: this can not be posted as it is.</p>' : ''}
<article class="sheet">${frontHtml(letter)}${bodyHtml(letter)}</article>
${enclosure}
</body></html>`;
}

/** What is fixed on the sheet: letterhead, address in the window, reference block. */
function frontHtml(letter: LetterView): string {
  const { head, logoUrl, view } = letter;
  const mark =
    logoUrl === null
      ? `<p class="name">${name(head.name)}</p>`
      : `<img src="${escapeHtml(logoUrl)}" alt="${escapeHtml(view.brandName)}" class="logo">${view.service === null ? '' : `<p class="name">${name(head.name)}</p>`}`;
  const references = letter.references
    .map(({ label, value }) => `<div><dt>${text(label)}</dt><dd>${name(value)}</dd></div>`)
    .join('');
  return `<header class="front">${mark}${head.lines.map((line) => `<p class="soft">${name(line)}</p>`).join('')}
<div class="window"><p class="return">${name(letter.returnTo)}</p><address>${letter.to.map(name).join('<br>')}</address></div>
<dl class="references">${references}</dl></header>`;
}

function bodyHtml(letter: LetterView): string {
  const { view, words } = letter;
  const optional = (words: string | null): string[] => (words === null ? [] : [words]);
  const pay = payWords(letter);
  const enclosed = letter.enclosed ? 'The list is enclosed as a statement.' : null;
  const listed = [view.others, enclosed].filter((one) => one !== null).join(' ') || null;
  const paragraphs = (texts: readonly string[]): string => texts.map((one) => `<p>${text(one)}</p>`).join('');
  const table = view.table === null ? '' : letter.enclosed ? '' : tableHtml(view.table);
  const ways =
    pay === null
      ? ''
      : pay.length === 1
        ? paragraphs(pay)
        : `<div class="keep"><h2>${text(pay[0] ?? '')}</h2><p>${pay.slice(1).map(name).join('<br>')}</p></div>`;
  const [signer, office, ...reach] = letter.signature;
  return `<main><h1>${text(letter.matter)}</h1>
<p>${text(view.greeting)}</p>${paragraphs([...words.opening, ...optional(listed)])}
${table}${paragraphs([...optional(view.credit), ...words.request, ...optional(view.consequence)])}
${ways}${paragraphs([...words.closing, `Something wrong? Tell us: ${reachWords(letter)}.`])}
<div class="keep"><p>Kind regards,</p><p class="signature">${name(signer ?? '')}</p><p class="soft place">${name(office ?? '')}<br>${reach.map(name).join(' · ')}</p></div></main>
<footer class="small"><p>${letter.smallPrint.map(name).join(' ')}</p></footer>`;
}

function tableHtml(table: InvoiceTable): string {
  const late = table.hasLate;
  const groups = table.groups
    .map(({ heading, rows }) => {
      const head =
        heading === null
          ? ''
          : `<tr><th scope="rowgroup" colspan="${late ? 4 : 3}">${text(heading)}</th></tr>`;
      const lines = rows.map((row) => {
        const more = row.reference === null ? '' : `<br><span class="soft">${name(row.reference)}</span>`;
        const total = row.total === null ? '' : `<br><span class="soft">of ${name(row.total)}</span>`;
        return `<tr><th scope="row">${name(row.label)}${more}</th><td>${name(row.due)}</td>${late ? `<td>${row.late}</td>` : ''}<td>${name(row.open)}${total}</td></tr>`;
      });
      return `<tbody>${head}${lines.join('')}</tbody>`;
    })
    .join('');
  const totals = table.totals
    .map(
      ({ words, amount, strong }) =>
        `<tr${strong ? ' class="strong"' : ''}><th scope="row" colspan="${late ? 3 : 2}">${text(words)}</th><td>${name(amount)}</td></tr>`,
    )
    .join('');
  return `<table><thead><tr><th scope="col">${table.of}</th><th scope="col">Due</th>${late ? '<th scope="col">Past due</th>' : ''}<th scope="col">${text(`Open, ${table.currency}`)}</th></tr></thead>${groups}${totals === '' ? '' : `<tfoot>${totals}</tfoot>`}</table>`;
}

function text(words: string): string {
  return escapeHtml(words);
}

/** A name in a sentence of another direction keeps its own. */
function name(words: string): string {
  return `<bdi>${escapeHtml(words)}</bdi>`;
}
