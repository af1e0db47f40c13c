import { describe, expect, test } from '@jest/globals';
import { day } from '../../src/domain/day.ts';
import { copiesFor } from '../../src/dunning/copies.ts';
import { outcomeOf, outcomeWords, readOutcome } from '../../src/dunning/done.ts';
import { addressOf, whyNotAgain } from '../../src/dunning/resend.ts';
import { hold, owed, position } from '../receivables/support.ts';

const today = day('2026-11-17');

describe('how a call or a letter went', () => {
  test('a call needs one of the results, a note has its limit, and both are read back as they were kept', () => {
    expect(() => outcomeOf('call', { result: 'fine' }, today)).toThrow('not said how the call went');
    expect(() => outcomeOf('call', { result: 'reached', note: 'x'.repeat(1_001) }, today)).toThrow(
      '1001 characters',
    );
    const outcome = outcomeOf('call', { result: 'no_answer', note: ' twice ' }, today);
    expect(readOutcome(JSON.parse(JSON.stringify(outcome)))).toEqual(outcome);
    expect(outcomeWords(outcome)).toBe('no answer: twice');
  });

  test('a letter was posted today or within two weeks, and never tomorrow', () => {
    expect(outcomeOf('letter', {}, today)).toMatchObject({ postedOn: today });
    expect(() => outcomeOf('letter', { postedOn: '2026-11-18' }, today)).toThrow('still to come');
    expect(() => outcomeOf('letter', { postedOn: '2026-11-01' }, today)).toThrow('more than 14 days ago');
    expect(() => outcomeOf('letter', { postedOn: '2026-02-30' }, today)).toThrow('not a day');
    expect(readOutcome({})).toBeNull();
  });
});

describe('who else gets a message', () => {
  const input = {
    recipients: { contacts: true, escalation: true, informSales: true },
    recipientEmail: 'AP@c1.example',
    contacts: [
      { name: 'Ina', email: 'Ina@c1.example', forInvoices: true },
      { name: 'Olaf', email: 'olaf@c1.example', forInvoices: false },
      { name: 'Again', email: 'ap@c1.example', forInvoices: true },
    ],
    escalation: { name: 'The head', email: 'ina@c1.example' },
    bccEmail: 'us@firm.example',
    repeats: false,
  };

  test('CON-04, CON-05, P11: each address once, the recipient never again', () => {
    expect(copiesFor(input)).toEqual([
      { email: 'ina@c1.example', name: 'Ina', why: 'contact' },
      { email: 'us@firm.example', name: '', why: 'blind' },
    ]);
    const manager = { ...input, contacts: [] };
    expect(copiesFor(manager).map(({ why }) => why)).toEqual(['escalation', 'blind']);
  });

  test('IDM-11: a repetition goes to its one address and to the business', () => {
    expect(copiesFor({ ...input, repeats: true }).map(({ why }) => why)).toEqual(['blind']);
    const nobody = { contacts: false, escalation: false, informSales: false };
    expect(copiesFor({ ...input, recipients: nobody, bccEmail: null })).toEqual([]);
  });
});

describe('IDM-11: whether the same may be said again', () => {
  const said = {
    askMinor: 10_000,
    invoices: [{ invoiceId: 'I1', openMinor: 10_000, stage: 'first' as const }],
  };

  test('only while every figure in it is true and nothing holds', () => {
    expect(whyNotAgain(said, position({ invoices: [owed('I1')] }))).toBeNull();
    expect(whyNotAgain(said, null)).toContain('Nothing is open');
    expect(whyNotAgain(said, position({ invoices: [owed('I1', { openMinor: 9_000 })] }))).toContain(
      'another balance',
    );
    expect(whyNotAgain(said, position({ invoices: [owed('I2')] }))).toContain('settled');
    const early = { ...said, invoices: said.invoices.map((one) => ({ ...one, stage: 'courtesy' as const })) };
    expect(whyNotAgain(early, position({ invoices: [owed('I1')] }))).toContain('is past due now');
    const held = position({ invoices: [owed('I1')], holds: [hold({ kind: 'do_not_contact' })] });
    expect(whyNotAgain(said, held)).toContain('Not to be contacted');
    expect(whyNotAgain({ ...said, askMinor: 9_000 }, position({ invoices: [owed('I1')] }))).toContain(
      'credit',
    );
  });

  test('an address is one, or it is refused', () => {
    expect([addressOf(' ap@c1.example '), addressOf('ap@c1'), addressOf('a b@c.example')]).toEqual([
      'ap@c1.example',
      null,
      null,
    ]);
  });
});
