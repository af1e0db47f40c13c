import { describe, expect, test } from '@jest/globals';
import { renderToString } from 'preact-render-to-string';
import { parseCurrency } from '../../src/domain/currency.ts';
import type { Day } from '../../src/domain/day.ts';
import { derivedHold } from '../../src/receivables/holds.ts';
import { PositionPart, type SaidPosition } from '../../src/web/pages/customer/position.view.tsx';

const currency = parseCurrency('USD');
if (currency === null) throw new Error('USD is unknown');
const position: SaidPosition = {
  currency,
  openMinor: 120_450,
  pastDueMinor: 120_450,
  heldMinor: 0,
  creditsMinor: 0,
  credits: [],
  ages: { d1to30Minor: 120_450, d31to60Minor: 0, d61to90Minor: 0, over90Minor: 0 },
  askMinor: 120_450,
  lines: [],
  holds: [],
  ledgerMinor: null,
  tiesOut: true,
  decision: null,
  reasons: [],
  touch: null,
  sent: null,
  unsaid: [],
};

function asked(...kinds: readonly string[]): string | undefined {
  const holds = kinds.map((kind) => derivedHold(kind, 'R10', 'It holds.', '2026-11-02' as Day));
  const papers = { at: '/c', links: new Map<string, string>() };
  const html = renderToString(PositionPart({ position: { ...position, holds }, locale: 'en-US', papers }));
  return /<dt>([^<]*would ask for)<\/dt><dd><strong>([^<]+)/.exec(html)?.slice(1).join(': ');
}

describe('what a customer would be asked for', () => {
  test('is nothing while any hold stands (R10), but want of an e-mail address stops no letter and no call (S9)', () => {
    expect(asked()).toBe('A reminder would ask for: $1,204.50');
    expect(asked('dispute')).toBe('A reminder would ask for: $0.00');
    expect(asked('no_recipient')).toBe('A letter or a call would ask for: $1,204.50');
    expect(asked('no_recipient', 'dispute')).toBe('A reminder would ask for: $0.00');
  });
});
