import { escapeHtml } from '../plain.ts';
import { tableLines } from '../text.ts';
import type { CallSheet } from './call-sheet.ts';

/** The sheet as a page for a frame or for printing; nothing in it runs or is fetched. */
export function callSheetHtml(sheet: CallSheet): string {
  const list = (items: readonly string[]): string => items.map((item) => `<li>${text(item)}</li>`).join('');
  const facts = sheet.facts
    .map(({ label, value }) => `<div><dt>${text(label)}</dt><dd>${text(value)}</dd></div>`)
    .join('');
  const say = sheet.say
    .map(
      ({ when, words }) =>
        `<p class="when">${text(when)}</p>${words.map((one) => `<blockquote>${text(one)}</blockquote>`).join('')}`,
    )
    .join('');
  const earlier =
    sheet.earlier.length === 0
      ? '<p class="soft">None yet.</p>'
      : `<ul class="plain">${sheet.earlier.map(({ on, words }) => `<li><span class="soft day">${text(on)}</span> ${text(words)}</li>`).join('')}</ul>`;
  return `<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${text(sheet.title)}</title><style>${style}</style></head><body><main>
<p class="soft">Call sheet · reference ${text(sheet.reference)}</p>
<p class="soft">${text(sheet.task)}</p>
<h1>${text(sheet.customer)}</h1>
<p class="phone">${sheet.phone === null ? 'No phone number in the books' : text(sheet.phone)}</p>${sheet.askFor === null ? '' : `<p>Ask for ${text(sheet.askFor)}</p>`}
<section><h2>Goal</h2><p>${text(sheet.goal)}</p></section>
<section><h2>Facts</h2><dl>${facts}</dl>${tableHtml(sheet)}</section>
<section><h2>Earlier contact</h2>${earlier}</section>
<section><h2>What you could say</h2>${say}</section>
<section><h2>What you may offer</h2><ul>${list(sheet.mayOffer)}</ul></section>
<section><h2>Bear in mind</h2><ul>${list(sheet.mindful)}</ul></section>
</main></body></html>`;
}

/** The same as plain text. */
export function callSheetText(sheet: CallSheet): string {
  const blocks = [
    [
      sheet.title,
      `Reference ${sheet.reference}`,
      sheet.task,
      `Phone: ${sheet.phone ?? 'not in the books'}`,
      ...(sheet.askFor === null ? [] : [`Ask for ${sheet.askFor}`]),
    ].join('\n'),
    `Goal\n${sheet.goal}`,
    ['Facts', ...sheet.facts.map(({ label, value }) => `${label}: ${value}`)].join('\n'),
    ...(sheet.table === null ? [] : tableLines(sheet.table, null)),
    ['Earlier contact', ...sheet.earlier.map(({ on, words }) => `- ${on}: ${words}`)].join('\n'),
    ...sheet.say.map(({ when, words }) => [when, ...words.map((one) => `“${one}”`)].join('\n')),
    ['What you may offer', ...sheet.mayOffer.map((item) => `- ${item}`)].join('\n'),
    ['Bear in mind', ...sheet.mindful.map((item) => `- ${item}`)].join('\n'),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function tableHtml({ table }: CallSheet): string {
  if (table === null) return '';
  const rows = table.groups.flatMap((group) => group.rows);
  const lines = rows
    .map(
      (row) =>
        `<tr><th scope="row">${text(row.label)}</th><td>${text(row.due)}</td><td>${row.late}</td><td>${text(row.open)}</td></tr>`,
    )
    .join('');
  const totals = table.totals
    .map(
      ({ words, amount, strong }) =>
        `<tr${strong ? ' class="strong"' : ''}><th scope="row" colspan="3">${text(words)}</th><td>${text(amount)}</td></tr>`,
    )
    .join('');
  return `<table><thead><tr><th scope="col">${table.of}</th><th scope="col">Due</th><th scope="col">Past due</th><th scope="col">${text(`Open, ${table.currency}`)}</th></tr></thead><tbody>${lines}</tbody>${totals === '' ? '' : `<tfoot>${totals}</tfoot>`}</table>`;
}

function text(words: string): string {
  return `<bdi>${escapeHtml(words)}</bdi>`;
}

const style = `
* { box-sizing: border-box; }
:root { color-scheme: light dark; --card: #ffffff; --ink: #1d2429; --soft: #5b6469; --line: #e4e1d8; --duly: #0b6b63; }
@media (prefers-color-scheme: dark) { :root { --card: #1b2126; --ink: #e8eaeb; --soft: #a3abb0; --line: #2c343a; --duly: #4fc3b5; } }
body { margin: 0; background: var(--card); color: var(--ink); font: 15px/22px system-ui, sans-serif; }
main { max-width: 680px; margin: 0 auto; padding: 24px 20px; }
h1 { font-size: 20px; line-height: 28px; margin: 0; }
h2 { font-size: 16px; line-height: 24px; margin: 0 0 4px; }
p { margin: 0 0 8px; }
section { border-top: 1px solid var(--line); padding-top: 16px; margin-top: 16px; }
.soft, dt, .when { color: var(--soft); }
.phone { font-size: 24px; line-height: 32px; font-variant-numeric: tabular-nums; margin: 4px 0 0; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 8px 16px; margin: 0 0 12px; }
dd { margin: 0; }
dt, .when { font-size: 13px; line-height: 20px; margin: 0; }
blockquote { margin: 0 0 12px; padding-left: 12px; border-left: 2px solid var(--duly); }
ul { margin: 0; padding-left: 20px; }
ul.plain { list-style: none; padding: 0; }
.day { display: inline-block; min-width: 110px; }
li { margin-bottom: 4px; }
table { width: 100%; border-collapse: collapse; font-size: 13px; line-height: 20px; font-variant-numeric: tabular-nums; }
th, td { font-weight: normal; text-align: right; padding: 6px 0 6px 8px; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
th:first-child { text-align: left; padding-left: 0; }
thead th { border-top: 0; color: var(--soft); }
.strong th, .strong td { font-weight: 600; }
@media print { main { padding: 0; } body { font-size: 11pt; } }
`;
