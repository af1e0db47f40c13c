import { expect, test } from '@jest/globals';
import { heldBack, heldLines, notAbout } from '../../../src/dunning/announcements/held.ts';
import type { Position } from '../../../src/receivables/position.ts';
import { hold, owed, position } from '../../receivables/support.ts';

/** A customer with these invoices, of which the named ones are held for themselves. */
function owing(ids: readonly string[], held: readonly string[]): Position {
  return position({
    invoices: ids.map((id) => owed(id, { number: `N-${id}` })),
    holds: held.map((invoiceId) => hold({ scope: 'invoice', invoiceId })),
  });
}

test('R10: nobody acts while all that is open of it is held; what is held of it is named in the order of the books', () => {
  const held = heldLines([owing(['I1', 'I2'], ['I1']), owing(['I3', 'I4', 'I5'], ['I3', 'I4'])]);
  const [some, all] = [heldBack(['I4', 'I2', 'I1'], held), heldBack(['I4', 'I3', 'I1'], held)];
  expect(some.all).toBe(false);
  expect(some.lines.map(({ invoiceId }) => invoiceId)).toEqual(['I1', 'I4']);
  expect(notAbout(some.lines)).toMatch(/^ Not about invoice N-I1: .* Not about invoice N-I4: /);
  expect(all.all).toBe(true);
  expect(all.lines.map(({ invoiceId }) => invoiceId)).toEqual(['I1', 'I3', 'I4']);
});

test('nothing open, or nothing that is known here, is not held', () => {
  const held = heldLines([owing(['I1'], ['I1'])]);
  expect(heldBack([], held)).toEqual({ all: false, lines: [] });
  expect(heldBack(['I9'], held)).toEqual({ all: false, lines: [] });
});

test('however many announcements there are, the invoices of a batch are gone through once', () => {
  let times = 0;
  const counted = (lines: Position['lines']) => {
    times += 1;
    return lines;
  };
  const positions = Array.from({ length: 50 }, (_, index): Position => {
    const of = owing([`I${index}`], index % 2 === 0 ? [`I${index}`] : []);
    return Object.defineProperty({ ...of }, 'lines', { get: () => counted(of.lines) });
  });
  const held = heldLines(positions);
  const found = positions.map((_, index) => heldBack([`I${index}`], held).all);
  expect(found.filter(Boolean)).toHaveLength(25);
  expect(times).toBe(50);
});
