import { expect, test } from '@jest/globals';
import { readHoldForm } from '../../src/web/pages/customer/hold-forms.ts';

test('S5: a reply rests reminders until the hold is lifted, and says when somebody looks at it', () => {
  const form = readHoldForm(
    { reason: 'asked for a copy', review: '2026-11-13', until: '2026-11-13' },
    'reply',
  );
  expect([form.endsOn, form.reviewOn]).toEqual([null, '2026-11-13']);
  expect(() => readHoldForm({ reason: 'asked for a copy' }, 'reply')).toThrow('The day is missing');
});

test('EXC-07: a pause ends on its day, or is open-ended where that is said', () => {
  const pause = (more: object) => readHoldForm({ reason: 'waiting', until: '2026-11-13', ...more }, 'pause');
  expect(pause({ end: 'day' }).endsOn).toBe('2026-11-13');
  expect(pause({ end: 'open' }).endsOn).toBeNull();
});

test('a dispute, a stop, a legal hold and a wish not to be contacted never end by themselves, whatever is posted', () => {
  for (const [kind, category] of [
    ['stopped', ''],
    ['legal', 'solicitor'],
    ['do_not_contact', ''],
    ['dispute', 'other'],
  ] as const) {
    const body = { invoice: 'I1', category, until: '2026-11-13', end: 'day', reason: 'x' };
    expect(readHoldForm(body, kind).endsOn).toBeNull();
  }
});
