import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { carries, fitNote, noteLimit } from '../../../connectors/quickbooks/note-text.ts';
import { type FakeIntuit, fakeIntuit, wire } from './support.ts';

const marker = '[duly:t_01]';

describe('the text of a note', () => {
  test('that fits is left alone', () => {
    expect(fitNote(`Reminder sent. ${marker}`, marker)).toBe(`Reminder sent. ${marker}`);
  });

  test('that is too long is cut at a word and keeps its marker, wherever that stood', () => {
    const long = `${marker} ${'word '.repeat(600)}`;
    const cut = fitNote(long, marker);
    expect(cut.length).toBeLessThanOrEqual(noteLimit);
    expect(cut).toMatch(/ word…$/);
    expect(cut.split(marker)).toHaveLength(2);
  });

  test('is always within the limit, with the marker, and well-formed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc.integer({ min: 40, max: 200 }),
        (text, limit) => {
          const cut = fitNote(`${text} ${marker}`, marker, limit);
          expect(cut.length).toBeLessThanOrEqual(limit);
          expect(carries(cut, marker)).toBe(true);
          expect(cut.isWellFormed()).toBe(true);
        },
      ),
    );
  });

  test('carries a marker, not one that merely begins alike', () => {
    expect(carries('sent duly-t12.', 'duly-t12')).toBe(true);
    expect(carries('sent duly-t123', 'duly-t12')).toBe(false);
    expect(carries('duly-t123 and duly-t12', 'duly-t12')).toBe(true);
  });
});

describe('a note on an invoice', () => {
  let intuit: FakeIntuit;
  afterEach(() => intuit.close());
  const note = { invoiceId: '95', text: `Sent. ${marker}`, marker, idempotencyKey: 'n-01' };

  test('is an attachable without a file that is never sent along', async () => {
    intuit = await fakeIntuit(() => ({ body: { Attachable: { Id: '200900000000000008541' } } }));
    expect(await intuit.ledger.writeNote(note)).toEqual({ noteId: '200900000000000008541', existed: false });
    const [call] = intuit.calls;
    expect(call?.path).toMatch(/\/attachable$/);
    expect(call?.query.get('requestid')).toBe('n-01');
    expect(JSON.parse(call?.body ?? '')).toEqual({
      AttachableRef: [{ IncludeOnSend: false, EntityRef: { type: 'Invoice', value: '95' } }],
      Note: `Sent. ${marker}`,
    });
  });

  test.each([
    ['a lost answer', { body: 'drop' }, { kind: 'unavailable', outcomeUnknown: true }],
    ['a broken gateway', { status: 502, body: '<html>' }, { kind: 'unavailable', outcomeUnknown: true }],
    ['an answer cut off', { body: '{"Attach' }, { kind: 'unavailable', outcomeUnknown: true }],
    [
      'a refusal',
      { status: 400, body: wire.fault('2050', 'too long') },
      { kind: 'invalid', outcomeUnknown: false },
    ],
    ['a limit', { status: 429, body: '' }, { kind: 'rate_limited', outcomeUnknown: false }],
    [
      'a gone invoice',
      { status: 400, body: wire.fault('610', 'gone') },
      { kind: 'gone', outcomeUnknown: false },
    ],
  ])('%s tells whether it may have been written, after one attempt', async (_name, reply, error) => {
    intuit = await fakeIntuit(() => reply);
    await expect(intuit.ledger.writeNote(note)).rejects.toMatchObject(error);
    expect(intuit.calls).toHaveLength(1);
  });

  test('is found again by its marker on its own invoice', async () => {
    const attachable = (Id: string, Note: string, value = '95') => ({
      Id,
      Note,
      AttachableRef: [{ EntityRef: { type: 'Invoice', value } }],
    });
    const Attachable = [
      attachable('1', 'someone else'),
      attachable('2', `x ${marker}`, '96'),
      attachable('3', `x ${marker}`),
    ];
    intuit = await fakeIntuit(() => ({ body: { QueryResponse: { Attachable } } }));
    expect(await intuit.ledger.findNote('95', marker)).toEqual({ noteId: '3', existed: true });
    expect(intuit.calls[0]?.query.get('query')).toContain(
      "FROM Attachable WHERE AttachableRef.EntityRef.Type = 'Invoice' AND AttachableRef.EntityRef.value = '95'",
    );
    expect(await intuit.ledger.findNote('95', '[duly:t_02]')).toBeNull();
  });

  test('an id with an apostrophe stays inside its literal', async () => {
    intuit = await fakeIntuit(() => ({ body: { QueryResponse: {} } }));
    await intuit.ledger.findNote("1' OR '1'='1", marker);
    expect(intuit.calls[0]?.query.get('query')).toContain("value = '1\\' OR \\'1\\'=\\'1'");
  });
});
