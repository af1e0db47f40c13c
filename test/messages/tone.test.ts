import { describe, expect, test } from '@jest/globals';
import { composeReminder } from '../../src/messages/compose.ts';
import { checkTone } from '../../src/messages/tone.ts';
import { english } from '../../src/messages/wording/en/english.ts';
import { larkspur, manyInvoices, oddNames, reminder, threeGroups } from './samples.ts';

const steps = ['first', 'second', 'third', 'final'] as const;
const styles = ['own', 'service'] as const;

async function rulesFor(request: string, step: (typeof steps)[number] = 'third'): Promise<string[]> {
  const content = reminder(step, 'own');
  const composed = await composeReminder(content, {
    ...english[step],
    request: `Please pay {{ ask }} by {{ pay_by }}. ${request}`,
  });
  return [...new Set(checkTone(composed, content).map((finding) => finding.rule))];
}

describe('the tone check', () => {
  test.each(
    styles.flatMap((style) => [
      ...steps.map((step) => reminder(step, style)),
      ...steps.map((step) => reminder(step, style, { payUrl: null })),
      threeGroups(style),
      manyInvoices(style, 30),
      oddNames(style),
    ]),
  )('has nothing against the presets (%#)', async (content) => {
    expect(checkTone(await composeReminder(content), content)).toEqual([]);
  });

  test.each([
    ['threat', 'Otherwise we will take legal action.'],
    ['threat', 'We will inform the Credit  Bureau.'],
    ['threat', 'You leave us with no choice but to go on.'],
    ['threat', 'Our client expects payment.'],
    ['threat', 'Your account was referred to us.'],
    ['shame', 'We are disappointed.'],
    ['shame', 'You failed to pay.'],
    ['promotion', 'Use the discount of the week.'],
    ['alarm', 'This is urgent.'],
    ['alarm', 'Pay immediately.'],
    ['shouting', 'This is OVERDUE.'],
    ['shouting', 'Please!'],
    ['too_soft', 'This is a friendly reminder.'],
    ['too_long', 'This sentence goes on '.concat('and on '.repeat(40))],
    ['too_long', 'Another short one. '.repeat(70)],
  ])('finds %s in “%.50s”', async (rule, request) => {
    expect(await rulesFor(request)).toEqual([rule]);
  });

  test('allows a friendly reminder while it is one', async () => {
    expect(await rulesFor('This is a friendly reminder.', 'first')).toEqual([]);
  });

  test("does not judge people's names, and does not let a name hide a threat", async () => {
    const content = reminder('second', 'own', {
      customer: { name: 'URGENT Court Repairs!', firstName: null },
      brand: { ...larkspur, name: 'COURT & SONS' },
    });
    expect(checkTone(await composeReminder(content), content)).toEqual([]);
    const sly = reminder('second', 'own', { brand: { ...larkspur, contactName: 'al' } });
    const wording = { ...english.second, closing: 'Legal action follows.' };
    expect(checkTone(await composeReminder(sly, wording), sly).map((finding) => finding.rule)).toContain(
      'threat',
    );
  });

  test('misses what a wording leaves out', async () => {
    const content = reminder('second', 'own');
    const composed = await composeReminder(content, {
      opening: 'We write about money.',
      request: 'Pay.',
      closing: '',
    });
    expect(checkTone(composed, content).map((finding) => finding.words)).toEqual([
      'The reminder lacks thanks.',
      'The reminder lacks a request with a date.',
    ]);
    const gutted = { ...composed, text: 'Pay.' };
    expect(checkTone(gutted, content).length).toBeGreaterThan(7);
  });

  test('refuses a subject that pretends to be an answer or has a line break', async () => {
    const content = reminder('second', 'own');
    const composed = await composeReminder(content);
    for (const subject of ['Re: your order', 'Fwd: x', 'a\nb', 'x'.repeat(121)])
      expect(checkTone({ ...composed, subject }, content).map((finding) => finding.rule)).toEqual([
        'subject',
      ]);
  });
});
