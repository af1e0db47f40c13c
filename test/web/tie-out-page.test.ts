import { describe, expect, test } from '@jest/globals';
import { renderToString } from 'preact-render-to-string';
import type { TieOut } from '../../src/web/pages/tie-out/tie-out.ts';
import { TieOutPage } from '../../src/web/pages/tie-out/tie-out.view.tsx';
import { currency } from '../support/values.ts';
import { frame, now } from './frame.ts';

const usd = currency('USD');
const jpy = currency('JPY');
const nothing: TieOut = { totals: [], differences: [], trouble: null };
const agreeing: TieOut = {
  ...nothing,
  totals: [{ currency: usd, ours: 120_450, ledger: 120_450, compared: 3, differing: 0, notCompared: 0 }],
};
const compared = { tied_out_at: new Date('2026-11-23T16:00:00Z') };

function page(
  tieOut: TieOut,
  facts: Parameters<typeof frame>[0] = compared,
  role: Parameters<typeof frame>[1] = 'owner',
) {
  return renderToString(TieOutPage({ frame: frame(facts, role), tieOut }));
}

describe('the page of the tie-out (R15)', () => {
  test('says that nothing was compared yet, and shows no figures for it', () => {
    const html = page(agreeing, {});
    expect(html).toContain('Not compared yet.');
    expect(html).not.toContain('1,204.50');
  });

  test('says that everything ties out, when, and with which totals', () => {
    const html = page(agreeing);
    expect(html).toContain('Everything ties out.');
    expect(html).toContain('2 h ago');
    expect(html.match(/1,204\.50/g)).toHaveLength(2);
    expect(html).toContain('3 of 3');
  });

  test('shows both figures of who differs, the difference, and since when; currencies apart', () => {
    const html = page({
      ...nothing,
      totals: [
        { currency: jpy, ours: 5_000, ledger: 5_400, compared: 1, differing: 1, notCompared: 0 },
        { currency: usd, ours: 120_450, ledger: 120_449, compared: 2, differing: 1, notCompared: 1 },
      ],
      differences: [
        { customerId: 'c 9', name: null, currency: jpy, ours: 5_000, ledger: 5_400, since: null },
        {
          customerId: 'c/1',
          name: 'Ridgeway & Sons',
          currency: usd,
          ours: 20_001,
          ledger: 20_000,
          since: now,
        },
      ],
    });
    expect(html).toContain('2 sums differ from the ledger’s.');
    expect(html).toContain('1 sum is not compared');
    expect(html).toContain('A customer that was not read (c 9)');
    expect(html).toContain('-400');
    expect(html).toContain('/customers/c%2F1');
    for (const words of ['200.01', '200.00', '0.01', 'Mon, Nov 23, 2026, 10:00'])
      expect(html).toContain(words);
    expect(html).not.toContain('Everything ties out.');
  });

  test('says why the ledger’s sums could not be read', () => {
    const trouble = { what: 'The ledger’s own sums could not be read: busy.', meaning: 'Reminders go on.' };
    expect(page({ ...agreeing, trouble })).toContain(trouble.what);
  });

  test('offers a comparison to whoever may hold, while the connection is healthy', () => {
    expect(page(agreeing)).toContain('Compare the sums now');
    const cut = renderToString(
      TieOutPage({ frame: { ...frame(compared), connection: 'reconnect_needed' }, tieOut: agreeing }),
    );
    expect(cut).not.toContain('Compare the sums now');
  });
});
