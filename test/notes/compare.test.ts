import { describe, expect, test } from '@jest/globals';
import { afterLook, afterSighting, type Sighting, type Standing } from '../../src/notes/compare.ts';
import { isOurs, markerAtEnd } from '../../src/notes/ownership.ts';

const marker = '[duly:t-1:I1:a1b2c3d4e5f6]';
const text = `First reminder sent by e-mail on Dec 3, 2026 to Ridgeway. ${marker}`;
const at = new Date('2026-12-04T09:00:00Z');
const note: Standing = {
  invoiceId: 'I1',
  marker,
  text,
  ledgerNoteId: '7',
  seenAt: null,
  differs: null,
  twins: [],
};
const seen = (noteId: string, more: Partial<Sighting> = {}): Sighting => ({
  noteId,
  invoiceId: 'I1',
  text,
  removed: false,
  at,
  ...more,
});
const gone = (noteId: string): Sighting => seen(noteId, { invoiceId: null, text: '', removed: true });

describe('WB-12: whose note it is', () => {
  test.each([
    ['our own', text, true],
    [
      'our own, cut to the limit and with other white space',
      `First reminder  sent by e-mail on…\n${marker} `,
      true,
    ],
    ['one that quotes the marker in the middle', `${text} – please see`, false],
    ['one that only ends with the marker', `See what Duly wrote: ${marker}`, false],
    ['one of another touch', text.replace('t-1', 't-2'), false],
    ['one with a seal that was guessed', text.replace('a1b2c3d4e5f6', '000000000000'), false],
  ])('%s', (_name, there, ours) => {
    expect(isOurs(there, note)).toBe(ours);
  });

  test('a note that was never tried owns nothing', () => {
    expect(isOurs('anything', { marker: '', text: '' })).toBe(false);
  });

  test('the marker is read at the end only', () => {
    expect(markerAtEnd(`${text}\n`)).toBe(marker);
    expect(markerAtEnd(`${text} [duly:x] later`)).toBeNull();
    expect(markerAtEnd(`[duly:[duly:x]`)).toBe('[duly:x]');
  });
});

describe('what the ledger’s changes say of a note', () => {
  test('it came back: confirmed, with its id', () => {
    expect(afterSighting(note, seen('7'))).toMatchObject({ seenAt: at, differs: null });
    expect(afterSighting({ ...note, ledgerNoteId: null }, seen('8'))).toMatchObject({
      ledgerNoteId: '8',
      seenAt: at,
      differs: null,
    });
  });

  test('notes of others change nothing', () => {
    expect(afterSighting(note, seen('9', { text: 'paid by cheque' }))).toBe(note);
    expect(afterSighting(note, seen('9', { invoiceId: 'I2' }))).toBe(note);
    expect(afterSighting(note, gone('9'))).toBe(note);
  });

  test('taken away, and brought back by hand', () => {
    const removed = afterSighting(note, gone('7'));
    expect(removed.differs).toBe('removed');
    expect(afterSighting(removed, seen('12'))).toMatchObject({ ledgerNoteId: '12', differs: null });
  });

  test('rewritten, and put right again', () => {
    const changed = afterSighting(note, seen('7', { text: 'never mind' }));
    expect(changed).toMatchObject({ seenAt: at, differs: 'changed' });
    expect(afterSighting(changed, seen('7')).differs).toBeNull();
  });

  test('twice, seen again, and once more when either is taken away', () => {
    const twice = afterSighting(afterSighting(note, seen('7')), seen('8'));
    expect(twice).toMatchObject({ ledgerNoteId: '7', twins: ['8'], differs: 'twice' });
    expect(afterSighting(twice, seen('8'))).toBe(twice);
    expect(afterSighting(twice, gone('8'))).toMatchObject({ ledgerNoteId: '7', twins: [], differs: null });
    expect(afterSighting(twice, gone('7'))).toMatchObject({ ledgerNoteId: '8', twins: [], differs: null });
    expect(afterSighting(twice, seen('7'))).toMatchObject({ twins: ['8'], differs: 'twice' });
  });
});

describe('what a look at the invoice says of a note', () => {
  const other = { noteId: null, text: 'Approved' };
  test('once: confirmed; twice: said; not there: missing', () => {
    const mine = { noteId: null, text };
    const idless = { ...note, ledgerNoteId: null };
    expect(afterLook(idless, [other, mine], at)).toMatchObject({
      seenAt: at,
      differs: null,
      ledgerNoteId: null,
    });
    expect(afterLook(idless, [mine, other, mine], at)).toMatchObject({ differs: 'twice', twins: ['2'] });
    expect(afterLook(idless, [other], at)).toMatchObject({ seenAt: null, differs: 'missing' });
  });

  test('where notes have ids, the one that was written is kept', () => {
    const there = [
      { noteId: '9', text },
      { noteId: '7', text },
    ];
    expect(afterLook(note, there, at)).toMatchObject({ ledgerNoteId: '7', twins: ['9'] });
    expect(afterLook(note, [{ noteId: '9', text }], at)).toMatchObject({ ledgerNoteId: '9', differs: null });
    expect(afterLook(note, [{ noteId: '7', text: 'rewritten' }], at).differs).toBe('changed');
  });
});
