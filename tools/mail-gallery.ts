/** Renders sample reminders of every kind to pictures in tmp/mail, to be looked at. `npm run mail:gallery`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';
import { composeReminder } from '../src/messages/compose.ts';
import type { ReminderContent } from '../src/messages/reminder.ts';
import {
  larkspur,
  manyInvoices,
  oddNames,
  oneOnline,
  reminder,
  someOnline,
  threeGroups,
} from '../test/messages/samples.ts';

const folder = 'tmp/mail';
const only = process.argv[2] ?? '';
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const logoSvg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="360" height="96"><circle cx="48" cy="48" r="44" fill="#0b6b63"/><text x="110" y="62" font-family="Georgia" font-size="42" fill="#1d2429">Larkspur</text></svg>';
const logoUrl = `data:image/svg+xml;base64,${Buffer.from(logoSvg).toString('base64')}`;

const samples = new Map<string, ReminderContent>();
for (const style of ['own', 'service'] as const) {
  for (const step of ['first', 'second', 'third', 'final'] as const)
    samples.set(`${style}-${step}`, reminder(step, style));
  samples.set(`${style}-groups`, threeGroups(style));
  samples.set(`${style}-online-one`, oneOnline(style));
  samples.set(`${style}-online-some`, someOnline(style));
  samples.set(`${style}-thirty`, manyInvoices(style, 30));
  samples.set(`${style}-odd`, oddNames(style));
  samples.set(`${style}-nopay`, reminder('second', style, { payUrl: null }));
  samples.set(
    `${style}-nothing-to-pay-with`,
    reminder('second', style, { payUrl: null, brand: { ...larkspur, waysToPay: '', colour: '#101418' } }),
  );
}

const browser = await playwright.launch({
  executablePath: await chromium.executablePath(),
  args: chromium.args.filter((arg) => arg !== '--single-process'),
});
try {
  for (const [name, content] of samples) {
    if (!name.includes(only)) continue;
    const began = performance.now();
    const composed = await composeReminder(content);
    const took = Math.round(performance.now() - began);
    // the mail itself may only carry a picture by its address; here it stands in the page
    const html = name.endsWith('first')
      ? (await composeReminder({ ...content, logoUrl: 'https://logo.invalid/' })).html.replace(
          'https://logo.invalid/',
          logoUrl,
        )
      : composed.html;
    writeFileSync(`${folder}/${name}.html`, html);
    writeFileSync(
      `${folder}/${name}.txt`,
      `From: ${composed.fromName}\nSubject: ${composed.subject}\n\n${composed.text}`,
    );
    for (const [view, width, scheme] of [
      ['wide', 760, 'light'],
      ['phone', 375, 'light'],
      ['dark', 760, 'dark'],
    ] as const) {
      const page = await browser.newPage({ viewport: { width, height: 700 }, colorScheme: scheme });
      await page.route('**', (route) => route.abort());
      await page.setContent(html, { waitUntil: 'load' });
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      if (Number(overflow) > 0) console.log(`${name} ${view}: ${overflow} px too wide`);
      await page.screenshot({ path: `${folder}/${name}-${view}.png`, fullPage: true });
      await page.close();
    }
    console.log(`${name}: ${took} ms, ${Math.round(html.length / 1024)} kB – ${composed.subject}`);
  }
} finally {
  await browser.close();
}
