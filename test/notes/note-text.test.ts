import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { day } from '../../src/domain/day.ts';
import { type NoteFacts, noteKey, noteMarker, noteText } from '../../src/notes/note-text.ts';
import { currency } from '../support/values.ts';

const touchId = '019e8f4a-2b10-7c3d-9a55-0123456789ab';
const xeroInvoice = '7f3ec23a-9f0d-4a6b-8b1e-2d3c4b5a6978';
const facts: NoteFacts = {
  sender: 'Maria Lopez, Larkspur Joinery',
  stepName: 'first reminder',
  recipientName: 'Ridgeway Interiors',
  recipientEmail: 'ap@ridgeway.example',
  sentOn: day('2026-12-03'),
  currency: currency('USD'),
  locale: 'en-US',
  openMinor: 120_450,
  daysLate: 9,
  askMinor: 120_450,
  invoiceCount: 1,
  listedOnly: false,
  ofPlan: false,
  made: { kind: 'mail', repeats: null },
  link: 'https://duly.example/companies/c/touches/t',
  marker: noteMarker(touchId, '130', 'a1b2c3d4e5f6'),
};

describe('the text of a note (S10)', () => {
  test('says who, what, which step, to whom, how much and how late, with the link and the marker', () => {
    expect(noteText(facts)).toBe(
      'First reminder sent by e-mail on Dec 3, 2026 to Ridgeway Interiors <ap@ridgeway.example>, from Maria Lopez, ' +
        'Larkspur Joinery. Open on this invoice: $1,204.50, 9 days past due. Accepted for delivery. ' +
        `Read it: https://duly.example/companies/c/touches/t [duly:${touchId}:130:a1b2c3d4e5f6]`,
    );
  });

  test('says what the whole message asked for when it was about more than this invoice', () => {
    const text = noteText({ ...facts, invoiceCount: 3, askMinor: 300_000, listedOnly: true, daysLate: 1 });
    expect(text).toContain('This invoice was listed in a first reminder sent by e-mail');
    expect(text).toContain('1 day past due. The message asked for $3,000.00 on 3 invoices.');
  });

  test('R11: of an instalment it says what was asked for, and names it as such', () => {
    const text = noteText({
      ...facts,
      stepName: 'instalment reminder',
      listedOnly: true,
      ofPlan: true,
      invoiceCount: 1,
      askMinor: 20_000,
    });
    expect(text).toMatch(/^Instalment reminder sent by e-mail on /);
    expect(text).toMatch(/The message asked for \S*200\.00 of the payment plan\. /);
  });

  test('says that a person called and how it went, or posted a letter and when', () => {
    const call: NoteFacts = {
      ...facts,
      stepName: 'call',
      made: { kind: 'call', by: 'Maria Lopez', how: 'reached; a payment was promised: pays on 2026-12-11' },
      invoiceCount: 2,
      askMinor: 300_000,
    };
    expect(noteText(call)).toBe(
      'Called Ridgeway Interiors on Dec 3, 2026 (call): reached; a payment was promised: pays on Dec 11, 2026. ' +
        'By Maria Lopez. Open on this invoice: $1,204.50, 9 days past due. The call was about $3,000.00 on 2 invoices. ' +
        `More: https://duly.example/companies/c/touches/t [duly:${touchId}:130:a1b2c3d4e5f6]`,
    );
    const letter = noteText({
      ...facts,
      made: { kind: 'letter', by: 'Maria Lopez', how: 'posted on 2026-12-03' },
    });
    expect(letter).toContain(
      'Letter to Ridgeway Interiors (first reminder): posted on Dec 3, 2026. By Maria Lopez.',
    );
  });

  test('IDM-11: says of a repetition what it repeats and who asked for it', () => {
    const made = { kind: 'mail', repeats: { on: day('2026-12-01'), by: 'Maria Lopez' } } as const;
    expect(noteText({ ...facts, made })).toContain(
      'Larkspur Joinery. The same message as on Dec 1, 2026, sent again by Maria Lopez. Open on this invoice',
    );
  });

  test('WB-12: is one line that ends with its marker, whatever the names in it', () => {
    const name = fc.oneof(
      fc.string(),
      fc.constantFrom(`Ann [duly:${touchId}:130:x]`, 'A\n\u0000B', '[ DULY:1]'),
    );
    fc.assert(
      fc.property(name, name, (sender, recipientName) => {
        const text = noteText({ ...facts, sender, recipientName });
        expect(text.endsWith(` ${facts.marker}`)).toBe(true);
        expect(text.match(/\[\s*duly/gi)).toHaveLength(1);
        expect(text).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});

describe('what makes a note unique', () => {
  test('WB-02: the key is pinned: another key for the same note would write it twice', () => {
    expect(noteKey(touchId, '130', 1)).toBe('019e8f4a2b107c3d9a550123456789ab-130');
    expect(noteKey(touchId, xeroInvoice, 1)).toBe('019e8f4a2b107c3d9a550123456789ab-b8b1e2d3c4b5a6978');
    expect(noteMarker(touchId, '130', 'a1b2c3d4e5f6')).toBe(
      '[duly:019e8f4a-2b10-7c3d-9a55-0123456789ab:130:a1b2c3d4e5f6]',
    );
  });

  test('WB-05: a later generation is another key of the same note', () => {
    expect(noteKey(touchId, xeroInvoice, 2)).toBe('019e8f4a2b107c3d9a550123456789ab-e2d3c4b5a6978-2');
    expect(noteKey(touchId, '130', 12)).toBe('019e8f4a2b107c3d9a550123456789ab-130-12');
    expect(noteKey(touchId, xeroInvoice, 99).length).toBeLessThanOrEqual(50);
  });

  test('the key fits into the narrower of the vendors’ limits and differs by touch and invoice', () => {
    const uuid = fc.uuid();
    const invoiceId = fc.oneof(fc.uuid(), fc.integer({ min: 1 }).map(String));
    fc.assert(
      fc.property(uuid, uuid, invoiceId, invoiceId, (touchA, touchB, invoiceA, invoiceB) => {
        const key = noteKey(touchA, invoiceA, 1);
        expect(key).toMatch(/^[0-9a-f]{32}-[0-9a-f]{1,17}$/);
        if (touchA !== touchB) expect(noteKey(touchB, invoiceA, 1)).not.toBe(key);
        if (invoiceA !== invoiceB) expect(noteKey(touchA, invoiceB, 1)).not.toBe(key);
      }),
    );
  });
});
