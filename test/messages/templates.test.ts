import { describe, expect, test } from '@jest/globals';
import { addDays } from '../../src/domain/day.ts';
import { composeReminder } from '../../src/messages/compose.ts';
import { checkTemplate } from '../../src/messages/liquid.ts';
import type { ReminderContent } from '../../src/messages/reminder.ts';
import { signerOf } from '../../src/messages/signer.ts';
import {
  isPersonal,
  kindOf,
  type TemplateKey,
  templateKeys,
  templateOf,
} from '../../src/messages/template.ts';
import { checkTone } from '../../src/messages/tone.ts';
import { english } from '../../src/messages/wording/en/english.ts';
import { fieldNames } from '../../src/messages/wording/fields.ts';
import { type Wordings, wordingFor } from '../../src/messages/wording/words.ts';
import { invoice, larkspur, today } from './samples.ts';
import { sample, withOwner } from './templates.ts';

const mails = templateKeys.filter((key) => sample(key).channel === 'email' || key === 'statement');
const styles = ['own', 'service'] as const;

async function textOf(template: TemplateKey, more: Partial<ReminderContent> = {}): Promise<string> {
  return (await composeReminder(sample(template, 'own', more))).text;
}

describe('every wording', () => {
  test.each(templateKeys)('uses only merge fields that exist: %s (CON-09)', (key) => {
    for (const part of Object.values(english[key]))
      expect(() => checkTemplate(part, fieldNames)).not.toThrow();
  });

  test.each(
    mails.flatMap((key) =>
      styles.filter((style) => style === 'own' || !isPersonal(key)).map((style) => [key, style] as const),
    ),
  )('has the parts of its kind and a fitting tone: %s, style %s', async (key, style) => {
    const content = sample(key, style);
    expect(checkTone(await composeReminder(content), content)).toEqual([]);
  });

  test.each(mails.filter((key) => kindOf(key) === 'reminder'))(
    'fits several invoices, and speaks of those at its stage alone: %s',
    async (key) => {
      const one = sample(key);
      const [own] = one.groups;
      const group = { stage: one.stage, invoices: [...(own?.invoices ?? []), invoice('1050', 60, 10_000)] };
      const listed = { stage: 'listed' as const, invoices: [invoice('1099', 2, 5_000)] };
      const content = sample(key, 'own', { groups: [group, listed] });
      const composed = await composeReminder(content);
      expect(checkTone(composed, content)).toEqual([]);
      expect(composed.text).toContain('invoices 1050 and 1042');
      expect(composed.text).toContain('The list also has 1 other invoice past due');
    },
  );

  test('that is not known any more gives way to the wording of its stage', () => {
    expect([templateOf('gone', 'third'), templateOf('gentle_last', 'final')]).toEqual([
      'third',
      'gentle_last',
    ]);
  });
});

describe('persona', () => {
  test('the head of the business signs what the owner writes, and an answer reaches them', async () => {
    const { fromName, text, html } = await composeReminder(sample('owner_personal'));
    expect(fromName).toBe('Ingrid Larsen, Larkspur Joinery');
    expect(text).toContain('I run Larkspur Joinery and wanted to write to you myself.');
    expect(text).toContain(
      'Ingrid Larsen\nOwner, Larkspur Joinery\n+1 503 555 0142\ningrid@larkspur.example',
    );
    expect(html).toContain('mailto:ingrid@larkspur.example');
    // understanding comes before the money
    expect(text.indexOf('Every business has weeks')).toBeLessThan(text.indexOf('$1,204.50'));
  });

  test('while nobody is named, the contact signs and claims to run nothing', async () => {
    const signer = signerOf(larkspur, 'owner');
    expect(signer).toMatchObject({ name: 'Maria Lopez', owner: false });
    const text = await textOf('owner_personal', { brand: larkspur, signer });
    expect(text).not.toContain('I run');
    expect(text).toContain('Maria Lopez\nLarkspur Joinery');
    expect(signerOf(withOwner, 'bookkeeper').name).toBe('Maria Lopez');
  });
});

describe('what a wording says only when it is so', () => {
  test('the letter is mentioned by the day on which it was posted, or not at all (P3)', async () => {
    expect(await textOf('letter_mention')).toContain('We posted a letter about invoice 1042 on Nov 29, 2026');
    const without = await textOf('letter_mention', { letterOn: null });
    expect(without).not.toContain('letter');
  });

  test('whoever is copied in is named, without blame; without a copy nothing is said of one (P11)', async () => {
    expect(await textOf('manager_copied')).toContain('David Okafor receives a copy of this.');
    expect(await textOf('manager_copied', { copiedTo: null })).not.toMatch(/copy|colleague/);
  });

  test('earlier reminders are spoken of only where there were some', async () => {
    expect(await textOf('final')).toContain('after the earlier reminders');
    for (const key of ['second', 'third', 'final', 'gentle_second', 'gentle_last', 'manager_copied'] as const)
      expect(await textOf(key, { earlier: 0 })).not.toMatch(
        /earlier|second reminder|third reminder|before\./,
      );
  });

  test('the third reminder says that it is the third only where there were two before it, not one or three', async () => {
    expect(await textOf('third')).toContain('This is the third reminder about invoice 1042.');
    for (const earlier of [1, 3]) {
      const other = await textOf('third', { earlier });
      expect(other).toContain('This is another reminder about invoice 1042.');
      expect(other).not.toContain('third reminder about');
    }
  });

  test('a promised day is named as announced, never as broken (R11)', async () => {
    const text = await textOf('promise_broken');
    expect(text).toContain('It was announced for Nov 28, 2026');
    expect(text).not.toMatch(/broke|promise/);
    expect(await textOf('promise_broken', { promisedOn: null })).toContain('The day you named has passed');
  });

  test('before the due date nothing is called late, and a wording that does is found out (P28)', async () => {
    const content = sample('courtesy');
    const composed = await composeReminder(content);
    expect(composed.subject).toContain('Invoice 1042 due on Dec 8, 2026');
    expect(composed.text).toContain('arrives by Tue, Dec 8, 2026');
    expect(composed.text + composed.html).not.toMatch(/past due|overdue/i);
    const wrong = { ...english.courtesy, closing: 'This invoice is overdue.' };
    expect(checkTone(await composeReminder(content, wrong), content).map(({ rule }) => rule)).toEqual([
      'not_due',
    ]);
  });

  test.each(mails)(
    'an invoice that has neither number nor reference is called by its date: %s',
    async (key) => {
      const one = sample(key);
      const groups = one.groups.map((group) => ({
        ...group,
        invoices: group.invoices.slice(0, 1).map((each) => ({ ...each, number: null, reference: null })),
      }));
      const [nameless] = groups.flatMap((group) => group.invoices);
      const content = {
        ...one,
        groups,
        askMinor: kindOf(key) === 'statement' ? (nameless?.openMinor ?? 0) - one.creditsMinor : one.askMinor,
      };
      const composed = await composeReminder(content);
      expect(checkTone(composed, content)).toEqual([]);
      expect(composed.subject).not.toMatch(/due on .* due on|that was due/);
      expect(composed.text).not.toMatch(/due on ([A-Z][a-z]+ \d+, \d{4})[^.\n]{0,60} due on \1/);
    },
  );

  test('the subject of such an invoice is a sentence, and a reference stands without an article', async () => {
    const subjectOf = async (reference: string | null, template: TemplateKey): Promise<string> => {
      const groups = [
        { stage: sample(template).stage, invoices: [{ ...invoice(null, 46, 120_450), reference }] },
      ];
      return (await composeReminder(sample(template, 'own', { groups }))).subject;
    };
    expect(await subjectOf(null, 'second')).toMatch(/^Your invoice due on Oct 18, 2026 is past due – /);
    expect(await subjectOf(null, 'final')).toMatch(
      /^Your invoice due on Oct 18, 2026 is past due, final notice – /,
    );
    expect(await subjectOf('PO 77-1180', 'second')).toMatch(/^Invoice for PO 77-1180 past due – /);
  });

  test('what stands beside the subject in the list of mails says what the mail says', async () => {
    expect((await composeReminder(sample('consequence_withdrawn'))).html).toContain(
      'What we announced will not happen.',
    );
    expect((await composeReminder(sample('thank_you'))).html).toContain('Your payment has arrived.');
  });

  test('before its date such an invoice is “due on” it, and was not (P28)', async () => {
    const groups = [{ stage: 'courtesy' as const, invoices: [invoice(null, -5, 120_450)] }];
    const content = sample('courtesy', 'own', { groups });
    const composed = await composeReminder(content);
    expect(checkTone(composed, content)).toEqual([]);
    expect(composed.subject).toMatch(/^Your invoice due on Dec 8, 2026 – /);
    expect(composed.text).toContain('your invoice over $1,204.50 is due on Dec 8, 2026.');
    expect(composed.text + composed.html).not.toMatch(/was due/);
  });

  test('a statement lists what is due and what is not, with ages, credit and total, and asks for the due part (P16)', async () => {
    const text = await textOf('statement');
    expect(text).toContain('This is your statement of Dec 3, 2026.');
    expect(text).toMatch(/Past due\n- Invoice 1042[^\n]+64 days past due[^\n]+\n- Invoice 1051/);
    expect(text).toMatch(/Not yet due\n- Invoice 1077[^\n]+due Dec 12, 2026, open 4,319\.00 USD\n/);
    expect(text).toContain(
      'Not yet due: 4,959.00 USD\n1 to 30 days past due: 880.00 USD\n61 to 90 days past due: 1,204.50 USD',
    );
    expect(text).toContain('Your credit: -250.00 USD\nTotal open: 6,793.50 USD');
    expect(text).toContain('Please pay $1,834.50 by');
  });

  test('a statement with nothing past due asks for nothing', async () => {
    const groups = [{ stage: 'listed' as const, invoices: [invoice('1', -4, 500), invoice('2', -9, 700)] }];
    const content = sample('statement', 'own', { groups, creditsMinor: 0 });
    const composed = await composeReminder(content);
    expect(composed.text).toContain('nothing of it is past due');
    expect(composed.text).not.toMatch(/Please pay|View and pay|How to pay/);
    expect(checkTone(composed, content)).toEqual([]);
  });

  test('a thank-you asks for nothing, sells nothing and shows no amount', async () => {
    const content = sample('thank_you');
    const composed = await composeReminder(content);
    expect(composed.text).toContain('invoices 1042 and 1051 are settled');
    expect(composed.text).not.toMatch(/\$|pay by|View and pay|How to pay/);
    const asks = { ...english.thank_you, closing: 'Please pay the rest as well.' };
    expect(checkTone(await composeReminder(content, asks), content).map(({ rule }) => rule)).toEqual([
      'asks',
    ]);
  });

  test('an instalment asks for its own payment, not for the invoice (R11)', async () => {
    const text = await textOf('instalment');
    expect(text).toContain('Instalment 2 of 6, $200.00, was due on Nov 29, 2026');
    expect(text).not.toContain('1,204.50');
  });

  test('R11: several instalments are asked for together, and one that is paid in part for its rest', async () => {
    const { instalment } = sample('instalment');
    if (instalment === null) throw new Error('the sample has no plan');
    const of = async (short: typeof instalment.short): Promise<string> => {
      const content = sample('instalment', 'own', { instalment: { ...instalment, short } });
      const composed = await composeReminder(content);
      expect(checkTone(composed, content)).toEqual([]);
      return `${composed.subject}\n${composed.text}`;
    };
    const one = (number: number, days: number, openMinor = 20_000) => ({
      number,
      dueOn: addDays(today, -days),
      amountMinor: 20_000,
      openMinor,
    });
    const two = await of([one(2, 11, 5_000), one(3, 4)]);
    expect(two).toContain('Instalments 2 and 3 of 6 of your plan');
    expect(two).toContain(
      'Instalments 2 and 3 of 6, together $250.00, are not in our books yet; the first of them was due on Nov 22, 2026.',
    );
    expect(two).toMatch(/Instalment 2 of 6.*Instalment 3 of 6.*To pay.*250\.00/s);
    expect(await of([one(2, 18), one(3, 11), one(4, 4)])).toContain(
      'Instalments 2 to 4 of 6, together $600.00',
    );
    expect(await of([one(2, 4, 5_000)])).toContain(
      'Instalment 2 of 6 was due on Nov 29, 2026, and $50.00 of it is not in our books yet.',
    );
  });

  test('R11: the message after a plan has ended says what has not arrived, thanks for what did and blames nobody', async () => {
    const text = await textOf('plan_ended');
    expect(text).toContain('Thank you for the plan that we agreed on Oct 24, 2026');
    expect(text).toContain('and for the $280.00 that came in under it');
    expect(text).toContain('is not in our books in full yet, and so the plan has ended.');
    expect(text).toContain('so that we can look at a new plan with you');
    expect(text).not.toMatch(/\b(fail|breach|broke|despite)/i);
    const unknown = sample('plan_ended', 'service', { instalment: null });
    expect(checkTone(await composeReminder(unknown), unknown)).toEqual([]);
  });
});

describe('law and consequences', () => {
  test('what the law asks to be said stands in both parts; a message that lost it is not sent', async () => {
    const words = 'This message is sent for Larkspur Joinery LLC.';
    const stop =
      'To get no more e-mail at this address, reply “stop”. A person reads your reply and stops it.';
    const content = sample('second', 'own', { disclosures: [words], stop });
    const composed = await composeReminder(content);
    for (const part of [composed.html, composed.text])
      for (const said of [words, stop]) expect(part).toContain(said);
    for (const said of [words, stop]) {
      const gutted = { ...composed, text: composed.text.replace(said, '') };
      expect(checkTone(gutted, content).map(({ rule }) => rule)).toContain('missing');
    }
  });

  test('a consequence is a field with its day, for the invoices of its stage; free text is still refused (P8)', async () => {
    const base = sample('final');
    const consequence = {
      words: 'we will hand the matter to a collection agency.',
      on: addDays(base.payBy, 3),
    };
    const content = { ...base, consequence };
    const composed = await composeReminder(content);
    expect(composed.text).toContain(
      'If we have neither the payment nor an agreement with you by Thu, Dec 17, 2026, then from Sun, Dec 20, 2026 we will hand the matter to a collection agency.',
    );
    expect(checkTone(composed, content)).toEqual([]);
    const threat = { ...english.final, closing: 'Else a collection agency takes over.' };
    expect(checkTone(await composeReminder(base, threat), base).map(({ rule }) => rule)).toContain('threat');
  });

  const contradicting: [string, TemplateKey, Partial<ReminderContent>][] = [
    ['before the date asked for has passed', 'final', { consequence: { words: 'we stop', on: today } }],
    [
      'only a reminder may name a consequence',
      'statement',
      { consequence: { words: 'we stop', on: addDays(today, 99) } },
    ],
    [
      'an invoice is past due already',
      'courtesy',
      { groups: [{ stage: 'courtesy', invoices: [invoice('1', 2, 5)] }] },
    ],
    [
      'an invoice is still open',
      'thank_you',
      { groups: [{ stage: 'listed', invoices: [invoice('1', 2, 5)] }] },
    ],
    ['not that of the instalment', 'instalment', { instalment: null }],
    ['it is about no invoice', 'statement', { groups: [] }],
  ];
  test.each(contradicting)('is not said: %s', async (words, key, wrong) => {
    const content = { ...sample(key), ...wrong };
    await expect(composeReminder(content)).rejects.toThrow(words);
  });
});

describe('CON-07 the customer’s language', () => {
  const german: Wordings = {
    first: {
      opening: 'Danke.\n\nRechnung: {{ invoices }}.',
      request: 'Please pay {{ ask }} by {{ pay_by }}.',
      closing: '',
    },
  };

  test('takes the template in it where there is one, else the English one, and says which it is', async () => {
    const known = { en: english, de: german };
    expect(wordingFor('first', 'de-AT', known)).toEqual({ wording: german.first, language: 'de' });
    expect(wordingFor('second', 'de', known)).toEqual({ wording: english.second, language: 'en' });
    for (const language of [null, 'fr', '__proto__', 'constructor'])
      expect(wordingFor('first', language, known).language).toBe('en');
    const { html } = await composeReminder(sample('first'), wordingFor('first', 'de', known));
    expect(html).toContain('lang="de"');
    expect((await composeReminder(sample('first', 'own', { language: 'de' }))).html).toContain('lang="en"');
  });
});
