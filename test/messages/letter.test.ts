import { describe, expect, test } from '@jest/globals';
import { addDays } from '../../src/domain/day.ts';
import { callSheetOf } from '../../src/messages/call/call-sheet.ts';
import { callSheetHtml, callSheetText } from '../../src/messages/call/call-sheet-html.ts';
import { composeLetter } from '../../src/messages/letter/compose-letter.ts';
import { letterOf } from '../../src/messages/letter/letter.ts';
import type { ReminderContent } from '../../src/messages/reminder.ts';
import { templateKeys } from '../../src/messages/template.ts';
import { checkSpoken, checkTone } from '../../src/messages/tone.ts';
import { interestClause } from '../../src/policies/law/interest-clause.ts';
import { currency, manyInvoices, oddNames, threeGroups } from './samples.ts';
import { address, callFacts, sample } from './templates.ts';

const letters = templateKeys.filter((key) => sample(key).channel === 'letter');
const styles = ['own', 'service'] as const;

describe('a letter', () => {
  test.each(letters.flatMap((key) => styles.map((style) => [key, style] as const)))(
    'has its five parts and a fitting tone (P24): %s, style %s',
    (key, style) => {
      const content = sample(key, style);
      const composed = composeLetter(content, address);
      expect(checkTone(composed, content)).toEqual([]);
      for (const part of ['Dear Anna,', 'invoice 1042', '$1,204.50', 'How to pay', 'Maria Lopez'])
        expect([composed.text.includes(part), composed.html.includes(part)]).toEqual([true, true]);
      expect(composed.html).not.toMatch(/<script|href=|stop e-mails|this e-mail/);
    },
  );

  test('stands in the envelope’s window: on US Letter for the US, on A4 elsewhere', () => {
    const us = composeLetter(sample('letter_first'), address).html;
    expect(us).toContain('@page { size: letter;');
    expect(us).toMatch(/<address><bdi>Ridgeway Interiors<\/bdi><br><bdi>48 Harbor Street<\/bdi><br>/);
    const british = sample('letter_first');
    const { html } = composeLetter({ ...british, creditor: { ...british.creditor, country: 'GB' } }, address);
    expect(html).toContain('@page { size: A4;');
    expect(html).toContain('--at: 50mm');
  });

  test('has its table on the first page while it fits, on a page of its own when it does not', () => {
    expect(letterOf(sample('letter_formal'), address).enclosed).toBe(false);
    for (const content of [threeGroups('service'), manyInvoices('own', 20)]) {
      const { html, text } = composeLetter(
        { ...content, template: 'letter_formal', channel: 'letter' },
        address,
      );
      expect(html).toContain('The list is enclosed as a statement.');
      expect(html).toMatch(/<section class="sheet second">.+<table>/);
      expect(text).toContain('- Invoice');
    }
  });

  test('terms of interest are a long paragraph and take the place of rows, so that the front stays one page', () => {
    const base = { ...manyInvoices('own', 2), template: 'letter_formal' } as const;
    const on = addDays(base.payBy, 3);
    const enclosed = (words: string) => letterOf({ ...base, consequence: { words, on } }, address).enclosed;
    expect(enclosed('we stop deliveries')).toBe(false);
    const parties = { creditor: 'GB', debtor: 'GB' };
    const terms = { kind: 'statutory', yearlyRateBp: null, graceDays: 0 } as const;
    const stated = { attestedBy: 'Ann Lee', attestedOn: '2026-01-05' };
    const words = interestClause(parties, { ...terms, ...stated }, currency('GBP'), false);
    expect(enclosed(words ?? '')).toBe(true);
  });

  test('says so, not on paper, when there is no address', () => {
    const content = sample('last_chance');
    expect(letterOf(content, ['Ridgeway Interiors']).addressMissing).toBe(true);
    const { html } = composeLetter(content, []);
    expect(html).toContain('class="note"');
    expect(composeLetter(content, address).html).not.toContain('class="note"');
  });

  test('shows odd names as they are written (CON-08)', () => {
    const { html } = composeLetter({ ...oddNames('service'), channel: 'letter' }, [
      '<b>A</b> & Co',
      '1 "Street"',
    ]);
    expect(html).not.toMatch(/<(script|img|b)\b/);
    expect(html).toContain('&lt;b&gt;A&lt;/b&gt; &amp; Co');
    expect(html).toContain('&lt;script&gt;');
  });

  test('is not made of figures that contradict one another', () => {
    expect(() => composeLetter({ ...sample('last_chance'), askMinor: 1 }, address)).toThrow(
      'the amount asked',
    );
  });
});

describe('a call sheet', () => {
  const sheet = callSheetOf(sample('call'), callFacts);

  test('has the goal, the facts, what to say and what may be offered (P6, P26)', () => {
    expect(sheet.goal).toBe('A day on which $1,204.50 will be paid, or the reason why it is not.');
    for (const page of [callSheetHtml(sheet), callSheetText(sheet)]) {
      expect(page).toContain('For Maria Lopez, bookkeeper; due Dec 3, 2026');
      for (const part of ['+1 503 555 0199', 'Oct 2, 2026', '2 kept, 1 not kept', 'second reminder (e-mail)'])
        expect(page).toContain(part);
      expect(page).toContain('note it as a promise');
      expect(page).toContain('One call a day at most');
    }
  });

  test('names no money before it is known who is speaking, and threatens nobody', () => {
    const [begin, ...rest] = sheet.say;
    expect(begin?.words.join(' ')).not.toMatch(/\$|invoice 1042|past due|owe/);
    expect(rest.flatMap(({ words }) => words).join(' ')).toContain('$1,204.50 was due on');
    expect(checkSpoken(sheet.say.flatMap(({ words }) => words).join('\n'), sample('call'))).toEqual([]);
  });

  const says = (template: 'call_after_owner' | 'call_head', more: Partial<ReminderContent> = {}): string => {
    const content = sample(template, 'own', more);
    const words = callSheetOf(content, callFacts).say.flatMap((part) => part.words);
    expect(checkSpoken(words.join('\n'), content)).toEqual([]);
    expect(words[0]).not.toMatch(/\$|invoice 1042|past due/);
    return words.join('\n').replaceAll(/\s+/g, ' ');
  };

  test('after the owner’s e-mail begins with understanding and mentions it only when it left (P3, P10)', () => {
    const words = says('call_after_owner');
    expect(words).toContain('and the personal e-mail that you had from us on Nov 29, 2026.');
    expect(words).toContain('$1,204.50 was due on');
    expect(words).toContain('I know that money sometimes comes in later than planned.');
    expect(says('call_after_owner', { wroteOn: null })).toContain('I am calling about invoice 1042. ');
  });

  test('to the head of the business asks for them by name, mentions their copy and blames nobody (P11)', () => {
    const words = says('call_head');
    expect(words).toContain('Am I speaking with David Okafor?');
    expect(words).toContain('of which you had a copy of our e-mail of Nov 26, 2026.');
    expect(words).toContain('That is no reproach to anybody');
    expect(callSheetOf(sample('call_head'), callFacts).mindful.join(' ')).toContain(
      'Blame nobody at Ridgeway',
    );
    expect(callSheetText(callSheetOf(sample('call_head'), callFacts))).toContain('Ask for David Okafor');
    const other = says('call_head', { head: null, wroteOn: null });
    expect(other).toContain('Am I speaking with the person who looks after invoices?');
    expect(other).not.toMatch(/copy|reproach/);
  });

  test('tells the caller what the law asks, and escapes what others wrote', () => {
    const odd = callSheetOf(
      { ...sample('call'), customer: { name: '<b>Co</b>', firstName: null } },
      { ...callFacts, phone: null, earlier: [], law: ['Ask first whether it is a good moment.'] },
    );
    const html = callSheetHtml(odd);
    expect(html).toContain('Ask first whether it is a good moment.');
    expect(html).toContain('No phone number in the books');
    expect(html).not.toContain('<b>');
  });
});
