import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fitNote, noteLimit } from '../../../connectors/quickbooks/note-text.ts';
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
          expect(cut.endsWith(marker)).toBe(true);
          expect(cut.isWellFormed()).toBe(true);
        },
      ),
    );
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
    expect(intuit.calls.filter((call) => call.method === 'POST')).toHaveLength(1);
  });

  test('WB-08: an invalid reference to an invoice that is not there any more is said as gone', async () => {
    intuit = await fakeIntuit(({ method }) => ({
      status: 400,
      body: method === 'POST' ? wire.fault('2500', 'Invalid Reference Id') : wire.fault('610', 'gone'),
    }));
    await expect(intuit.ledger.writeNote(note)).rejects.toMatchObject({
      kind: 'gone',
      outcomeUnknown: false,
    });
  });

  test('WB-05: whether it stands is asked by its own id: deleted in either form counts as not', async () => {
    const replies = [
      { body: { Attachable: { Id: '7', Note: 'x' } } },
      { body: { Attachable: { Id: '7', status: 'Deleted' } } },
      { status: 400, body: wire.fault('610', 'gone') },
    ];
    intuit = await fakeIntuit(() => replies.shift() ?? { status: 500, body: '' });
    const stands = [];
    for (let i = 0; i < 3; i += 1) stands.push(await intuit.ledger.noteStands('7'));
    expect(stands).toEqual([true, false, false]);
    await expect(intuit.ledger.noteStands('7')).rejects.toMatchObject({ kind: 'unavailable' });
  });

  test('is listed with the others on its own invoice', async () => {
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
    expect(await intuit.ledger.notesOn('95')).toEqual([
      { noteId: '1', text: 'someone else' },
      { noteId: '3', text: `x ${marker}` },
    ]);
    expect(intuit.calls[0]?.query.get('query')).toContain(
      "FROM Attachable WHERE AttachableRef.EntityRef.Type = 'Invoice' AND AttachableRef.EntityRef.value = '95'",
    );
  });

  test('an id with an apostrophe stays inside its literal', async () => {
    intuit = await fakeIntuit(() => ({ body: { QueryResponse: {} } }));
    await intuit.ledger.notesOn("1' OR '1'='1");
    expect(intuit.calls[0]?.query.get('query')).toContain("value = '1\\' OR \\'1\\'=\\'1'");
  });
});
