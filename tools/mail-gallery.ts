/** Renders sample messages of every kind to pictures in tmp/mail, to be looked at. `npm run mail:gallery [PART]`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';
import { callSheetOf } from '../src/messages/call/call-sheet.ts';
import { callSheetHtml, callSheetText } from '../src/messages/call/call-sheet-html.ts';
import { composeReminder } from '../src/messages/compose.ts';
import { composeLetter } from '../src/messages/letter/compose-letter.ts';
import type { ComposedReminder, ReminderContent } from '../src/messages/reminder.ts';
import { isPersonal, templateKeys } from '../src/messages/template.ts';
import {
  larkspur,
  manyInvoices,
  oddNames,
  oneOnline,
  reminder,
  someOnline,
  threeGroups,
} from '../test/messages/samples.ts';
import { address, callFacts, sample } from '../test/messages/templates.ts';

const folder = 'tmp/mail';
const only = process.argv[2] ?? '';

const logoSvg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="360" height="96"><circle cx="48" cy="48" r="44" fill="#0b6b63"/><text x="110" y="62" font-family="Georgia" font-size="42" fill="#1d2429">Larkspur</text></svg>';
const logoUrl = `data:image/svg+xml;base64,${Buffer.from(logoSvg).toString('base64')}`;

/** By name; a name that ends in `logo` is shown with one. */
function samples(): ReadonlyMap<string, ReminderContent> {
  const found = new Map<string, ReminderContent>();
  for (const style of ['own', 'service'] as const) {
    for (const template of templateKeys.filter((key) => style === 'own' || !isPersonal(key)))
      found.set(`${style}-${template}`, sample(template, style));
    found.set(`${style}-logo`, reminder('first', style));
    found.set(`${style}-groups`, threeGroups(style));
    found.set(`${style}-letter-groups`, {
      ...threeGroups(style),
      channel: 'letter',
      template: 'letter_formal',
    });
    found.set(`${style}-letter-thirty`, {
      ...manyInvoices(style, 20),
      channel: 'letter',
      template: 'letter_formal',
    });
    found.set(`${style}-online-one`, oneOnline(style));
    found.set(`${style}-online-some`, someOnline(style));
    found.set(`${style}-thirty`, manyInvoices(style, 30));
    found.set(`${style}-odd`, oddNames(style));
    found.set(`${style}-letter-odd`, { ...oddNames(style), channel: 'letter' });
    found.set(`${style}-nopay`, reminder('second', style, { payUrl: null }));
    const consequence = {
      words: 'we will deliver only against payment in advance',
      on: sample('final').payBy,
    };
    found.set(`${style}-consequence`, { ...sample('last_chance', style), consequence: later(consequence) });
    const brand = { ...larkspur, waysToPay: '', colour: '#101418' } as const;
    found.set(`${style}-nothing-to-pay-with`, reminder('second', style, { payUrl: null, brand }));
  }
  return found;
}

function later({ words, on }: { words: string; on: ReminderContent['payBy'] }) {
  return { words, on: Temporal.PlainDate.from(on).add({ days: 3 }).toString() as ReminderContent['payBy'] };
}

async function composeSample(name: string, content: ReminderContent): Promise<ComposedReminder> {
  if (content.channel === 'letter') return composeLetter(content, address);
  if (content.channel === 'call') {
    const sheet = callSheetOf(content, callFacts);
    return {
      subject: sheet.title,
      fromName: sheet.caller,
      html: callSheetHtml(sheet),
      text: callSheetText(sheet),
    };
  }
  if (!name.endsWith('logo')) return await composeReminder(content);
  // the mail itself may only carry a picture by its address; here it stands in the page
  const composed = await composeReminder({ ...content, logoUrl: 'https://logo.invalid/' });
  return { ...composed, html: composed.html.replace('https://logo.invalid/', logoUrl) };
}

async function shoot(browser: Browser, name: string, html: string, isLetter: boolean): Promise<void> {
  for (const [view, width, scheme] of [
    ['wide', isLetter ? 900 : 760, 'light'],
    ['phone', 375, 'light'],
    ['dark', isLetter ? 900 : 760, 'dark'],
  ] as const) {
    const page = await browser.newPage({ viewport: { width, height: 700 }, colorScheme: scheme });
    await page.route('**', (route) => route.abort());
    await page.setContent(html, { waitUntil: 'load' });
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    if (Number(overflow) > 0) console.log(`${name} ${view}: ${overflow} px too wide`);
    await page.screenshot({ path: `${folder}/${name}-${view}.png`, fullPage: true });
    if (isLetter && view === 'wide')
      await page.pdf({ path: `${folder}/${name}.pdf`, preferCSSPageSize: true, printBackground: true });
    await page.close();
  }
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const browser = await playwright.launch({
  executablePath: await chromium.executablePath(),
  args: chromium.args.filter((arg) => arg !== '--single-process'),
});
try {
  for (const [name, content] of samples()) {
    if (!name.includes(only)) continue;
    const began = performance.now();
    const { fromName, subject, html, text } = await composeSample(name, content);
    const took = Math.round(performance.now() - began);
    writeFileSync(`${folder}/${name}.html`, html);
    writeFileSync(`${folder}/${name}.txt`, `From: ${fromName}\nSubject: ${subject}\n\n${text}`);
    await shoot(browser, name, html, content.channel === 'letter');
    console.log(`${name}: ${took} ms, ${Math.round(html.length / 1024)} kB – ${subject}`);
  }
} finally {
  await browser.close();
}
