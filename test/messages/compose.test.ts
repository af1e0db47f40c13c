import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { convert } from 'html-to-text';
import { addDays } from '../../src/domain/day.ts';
import { formatMoney } from '../../src/domain/money.ts';
import { composeReminder } from '../../src/messages/compose.ts';
import { allInvoices, type ReminderContent } from '../../src/messages/reminder.ts';
import { checkTone } from '../../src/messages/tone.ts';
import { english } from '../../src/messages/wording/en/english.ts';
import { cpuMs } from '../support/took.ts';
import {
  currency,
  invoice,
  larkspur,
  manyInvoices,
  oddNames,
  oneOnline,
  reminder,
  someOnline,
  threeGroups,
  today,
} from './samples.ts';

const steps = ['first', 'second', 'third', 'final'] as const;
const styles = ['own', 'service'] as const;

/** What a reader sees of the HTML, on one line. */
function seen(html: string): string {
  return convert(html.replace(/<\/t[hd]>/g, ' $&'), {
    wordwrap: false,
    selectors: [
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'img', format: 'skip' },
    ],
  }).replace(/[ \t\n]+/g, ' ');
}

describe('a reminder', () => {
  test.each(steps.flatMap((step) => styles.map((style) => [step, style] as const)))(
    'of the %s step, style %s, says what is owed, since when, by when, to whom and how to object',
    async (step, style) => {
      const content = reminder(step, style);
      const { html, text, subject } = await composeReminder(content);
      for (const part of [seen(html), text]) {
        for (const fact of ['$1,204.50', '1042', 'Thu, Dec 10, 2026', 'Hello Anna,', 'Larkspur Joinery LLC'])
          expect(part).toContain(fact);
        expect(part).toMatch(/Thank you|thanks you/);
        expect(part).toContain('1 Mill Lane, Portland OR 97201');
        expect(part).toContain('Maria Lopez');
        expect(part).toContain('Something wrong? Tell us');
        expect(part).toContain('reply with the word “stop”');
        expect(part).toContain('View and pay');
        expect(part).toContain('Other ways to pay');
      }
      expect(subject).toBe(
        `Invoice 1042 past due${step === 'final' ? ', final notice' : ''} – Larkspur Joinery (4K7-219)`,
      );
      expect(html).toContain('<html lang="en"');
      expect(html).toContain('name="color-scheme"');
      expect(html).toMatch(/<th scope="col"[^>]*>Invoice</);
    },
  );

  test('from a person is signed by the person, from the service says twice what the service is', async () => {
    const own = await composeReminder(reminder('second', 'own'));
    expect(own.fromName).toBe('Maria Lopez, Larkspur Joinery');
    expect(own.text + own.html).not.toContain('accounts-receivable service');
    const service = await composeReminder(reminder('second', 'service'));
    expect(service.fromName).toBe('Larkspur Joinery Accounts');
    for (const part of [seen(service.html), service.text]) {
      expect(part).toContain('Second reminder · reference 4K7-219');
      expect(part).toContain('An accounts-receivable service acting for Larkspur Joinery LLC.');
      expect(part).toContain(
        'Larkspur Joinery Accounts is an accounts-receivable service acting for Larkspur Joinery LLC. It has not bought this debt and is not a law firm or debt-collection agency.',
      );
      expect(part.indexOf('An accounts-receivable service')).toBeLessThan(part.indexOf('Hello Anna'));
    }
  });

  test('keeps its subject from the first to the third, whatever else falls due meanwhile', async () => {
    const first = await composeReminder(reminder('first', 'own'));
    const third = await composeReminder(threeGroups('own'));
    expect(third.subject).toBe(first.subject);
  });

  test('speaks strictly only of the invoices that went through the earlier steps, and lists the rest (S2)', async () => {
    const { text } = await composeReminder(threeGroups('service'));
    expect(text).toContain('This is the third reminder about invoices 1042 and 1051. Together $2,084.50');
    expect(text).toContain('For invoices 1042 and 1051, please either pay or reply');
    expect(text).toContain('The list also has 2 other invoices past due');
    expect(text).toMatch(/Third reminder\n- Invoice 1042[^\n]+ of 2,409\.00\n- Invoice 1051/);
    expect(text).toMatch(/First reminder\n- Invoice 1077, your reference PO 77-1180/);
    expect(text).toMatch(/Also past due\n- Invoice 1080/);
  });

  test('lists a credit and asks for the net (R4)', async () => {
    const { text, html } = await composeReminder(threeGroups('own'));
    expect(text).toContain('Past due: 7,043.50 USD\nYour credit: -250.00 USD\nTo pay: 6,793.50 USD');
    expect(text).toContain('You have a credit of $250.00');
    expect(text).toContain('Please pay $6,793.50 by');
    expect(seen(html)).toContain('To pay 6,793.50');
  });

  test('without a pay link has no dead button (CON-10), and says how else to pay', async () => {
    const { html, text } = await composeReminder(reminder('first', 'own', { payUrl: null }));
    expect(html + text).not.toContain('View and pay');
    expect(html + text).not.toContain('Other ways to pay');
    expect(text).toContain('How to pay\nBank transfer');
    expect(html).not.toMatch(/href="(#|null|undefined)?"/);
    const bare = { ...larkspur, waysToPay: '' };
    const nothing = await composeReminder(reminder('first', 'own', { payUrl: null, brand: bare }));
    expect(nothing.text).toContain('For the payment details, ask Maria Lopez.');
  });

  test.each(styles)('leads to the page of its invoice and says at which host, style %s', async (style) => {
    const content = oneOnline(style);
    const { html, text } = await composeReminder(content);
    const url = content.payUrl ?? '';
    expect(html).toContain(`href="${url.replaceAll('&', '&amp;')}"`);
    expect(seen(html)).toContain('“View and pay” opens the invoice at connect.ledger.example.');
    expect(text).toContain(`View and pay: ${url}\n`);
    expect(text.split(url)).toHaveLength(2);
  });

  test.each(styles)(
    'about several opens the oldest, each number opens its own page, style %s',
    async (style) => {
      const { html, text } = await composeReminder(someOnline(style));
      const hrefs = [...html.matchAll(/href="(https:[^"]+)"/g)].map((match) => match[1]);
      const [oldest, seventh, eighth] = ['1042', '1077', '1080'].map(
        (one) => `https://in.ledger.example/${one}`,
      );
      expect(hrefs.toSorted()).toEqual([oldest, oldest, seventh, eighth]);
      const words =
        '“View and pay” opens invoice 1042 at in.ledger.example. Each underlined number in the list opens its own.';
      expect(seen(html)).toContain(words);
      expect(text).toContain(`View and pay invoice 1042: ${oldest}\n`);
      expect(text).toMatch(
        /- Invoice 1042[^\n]+\n {2}https:\/\/in\.ledger\.example\/1042\n- Invoice 1051[^\n]+\n\n/,
      );
      expect(text).toContain(`\n  ${seventh}\n`);
      expect(checkTone(await composeReminder(someOnline(style)), someOnline(style))).toEqual([]);
    },
  );

  test('of thirty invoices lists twenty-five and adds up the rest', async () => {
    const { html, text } = await composeReminder(manyInvoices('service', 30));
    for (const part of [seen(html), text]) {
      expect(part).toContain('INV-2024');
      expect(part).not.toContain('INV-2025');
      expect(part).toContain('and 5 more invoices, together 5,528.75');
      expect(part).toContain('19,203.75');
    }
    expect(Buffer.byteLength(html)).toBeLessThan(90_000);
  });

  test('shows the logo by its address, never higher than 48 pixels', async () => {
    const logoUrl = 'https://duly.example/brand/1/logo/abc';
    const { html } = await composeReminder(reminder('first', 'service', { logoUrl }));
    expect(html).toMatch(
      /<img class="logo" src="https:\/\/duly\.example\/brand\/1\/logo\/abc" alt="Larkspur Joinery" height="48"/,
    );
  });
});

describe('odd names', () => {
  test.each(styles)('are shown as they are written and do nothing (CON-08), style %s', async (style) => {
    const { html, text, subject, fromName } = await composeReminder(oddNames(style));
    expect(html).not.toMatch(/<(script|img|b)\b/);
    expect(html).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; שלום');
    expect(text).toContain('<script>alert("x")</script> שלום בע"מ 🪵 {{ask}} {% raw %},');
    expect(html).toContain('<bdi>فاتورة ٣</bdi>');
    expect(html).toContain('no number');
    expect(`${subject}${fromName}`).not.toMatch(/[\r\n]/);
    expect(text).not.toContain('Inc..');
    for (const part of [html, text]) expect(part).toContain('JP¥1,210,004');
  });

  test('can not break out of a line, turn it around or make the subject too long', async () => {
    const nasty = 'A\r\nBcc: x@evil.example\u202egnp.exe\u0000';
    const content = reminder('final', 'own', {
      brand: { ...larkspur, name: `${nasty}${'👩‍🔧'.repeat(60)}`, contactName: nasty },
      customer: { name: nasty, firstName: nasty },
      groups: [{ stage: 'final', invoices: [{ ...invoice('9'.repeat(300), 50, 100), reference: nasty }] }],
    });
    const { subject, fromName, text, html } = await composeReminder(content);
    expect(subject.length).toBeLessThanOrEqual(120);
    expect(subject.isWellFormed()).toBe(true);
    expect(subject + fromName + text + html).not.toMatch(/[\u202e\r]|\p{Cc}(?<!\n)/u);
    expect(`${subject}|${fromName}`).not.toContain('\n');
    expect(text).not.toMatch(/^Bcc/m);
  });
});

describe('figures that contradict one another', () => {
  const cases: [string, Partial<ReminderContent>][] = [
    ['the amount asked is not what is past due less the credits', { askMinor: 1 }],
    ['no invoice is at the step second', { groups: [{ stage: 'listed', invoices: [invoice('1', 3, 5)] }] }],
    ['an invoice is at a stricter step', { groups: [{ stage: 'final', invoices: [invoice('1', 3, 5)] }] }],
    ['an invoice is not past due', { groups: [{ stage: 'second', invoices: [invoice('1', 0, 5)] }] }],
    ['an invoice has nothing open', { groups: [{ stage: 'second', invoices: [invoice('1', 3, 0)] }] }],
    ['days past due are not those', { today: addDays(today, 1) }],
    ['the date asked for has passed', { payBy: addDays(today, -1) }],
    ['the pay link is not a safe web address', { payUrl: 'javascript:alert(1)' }],
    [
      'the pay link is not a safe web address',
      { groups: [{ stage: 'second', invoices: [{ ...invoice('1', 3, 5), url: 'http://pay.example/1' }] }] },
    ],
    ['the logo is not at a web address', { logoUrl: 'javascript:alert(1)' }],
    ['the credits are negative', { creditsMinor: -5 }],
  ];
  test.each(cases)('are not sent: %s', async (words, wrong) => {
    await expect(composeReminder(reminder('second', 'own', wrong))).rejects.toThrow(words);
  });
});

test('an edited wording with an unknown merge field is refused, not sent raw (CON-09)', async () => {
  const wording = { ...english.first, request: 'Please pay {{ amuont }}' };
  await expect(composeReminder(reminder('first', 'own'), wording)).rejects.toThrow(/amuont/);
});

test('HTML and text state the same figure, invoices, due dates and amounts, in any currency and locale', async () => {
  const amount = fc.integer({ min: 1, max: 9_999_999_99 });
  const anyInvoice = fc
    .tuple(fc.stringMatching(/^[A-Z]{0,4}-?[0-9]{1,8}$/), fc.integer({ min: 1, max: 700 }), amount)
    .map(([number, late, open]) => invoice(number, late, open));
  const group = fc.array(anyInvoice, { maxLength: 12 });
  const locales = fc.constantFrom('en-US', 'en-GB', 'en-NZ', 'de-DE', 'fr-FR', 'hi-IN');
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...steps),
      fc.constantFrom(...styles),
      fc.constantFrom('USD', 'NZD', 'JPY', 'KWD', 'EUR'),
      locales,
      fc.array(anyInvoice, { minLength: 1, maxLength: 5 }),
      group,
      async (step, style, code, locale, own, listed) => {
        const content = reminder(step, style, {
          currency: currency(code),
          locale,
          groups: [
            { stage: 'listed', invoices: listed },
            { stage: step, invoices: own },
          ],
        });
        const { html, text } = await composeReminder(content);
        const html1 = seen(html);
        const figure = formatMoney(content.askMinor, content.currency, locale);
        const facts = [figure, ...allInvoices(content).map((each) => each.number ?? '')];
        for (const fact of facts) expect([html1.includes(fact), text.includes(fact)]).toEqual([true, true]);
        // every date and every amount of the text stands in the HTML too
        const stated =
          text.match(
            /\b\d{1,2} \p{L}{3,4}\.? \d{4}\b|\b\p{L}{3} \d{1,2}, \d{4}\b|\d[\d.,\u202f\u00a0]*\d/gu,
          ) ?? [];
        for (const fact of stated) expect(html1 + html).toContain(fact);
        expect(stated.length).toBeGreaterThan(3);
      },
    ),
    { numRuns: 40 },
  );
});

test('composing takes less than 30 ms', async () => {
  const content = manyInvoices('service', 25);
  for (let i = 0; i < 5; i += 1) await composeReminder(content);
  expect(await cpuMs(15, () => composeReminder(content))).toBeLessThan(30);
});
