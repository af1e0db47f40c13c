import { describe, expect, test } from '@jest/globals';
import { renderToString } from 'preact-render-to-string';
import { parseCurrency } from '../../src/domain/currency.ts';
import { localeOf } from '../../src/domain/locale.ts';
import { ageingOf } from '../../src/web/ageing.ts';
import type { Batch } from '../../src/web/pages/approve/approve.store.ts';
import { ApprovePage } from '../../src/web/pages/approve/approve.view.tsx';
import { CompaniesPage } from '../../src/web/pages/companies/companies.view.tsx';
import { ConnectPage } from '../../src/web/pages/connect/connect.view.tsx';
import { ConnectionPage } from '../../src/web/pages/connection/connection.view.tsx';
import { ProblemsPage } from '../../src/web/pages/problems/problems.view.tsx';
import { type ReceivableRow, type Receivables, wishOf } from '../../src/web/pages/receivables/receivables.ts';
import { ReceivablesPage } from '../../src/web/pages/receivables/receivables.view.tsx';
import { SettingsPage } from '../../src/web/pages/settings/settings.view.tsx';
import { SyncPage } from '../../src/web/pages/sync/sync.view.tsx';
import { type LastDecision, nextStepOf, readerZone } from '../../src/web/parts/next-step.ts';
import { ago, daysInWords, splitRule, stepWords } from '../../src/web/words.ts';
import { frame, now } from './frame.ts';

const usd = parseCurrency('USD');
if (usd === null) throw new Error('USD is unknown');
const noAge = { notDue: 0, upTo30: 0, upTo60: 0, upTo90: 0, over90: 0 };
const nobody: Receivables = {
  rows: [],
  totals: [],
  counts: { all: 0, past_due: 0, held: 0, attention: 0 },
  nextEventOn: null,
};

function row(facts: Partial<ReceivableRow> = {}): ReceivableRow {
  return {
    customerId: 'c/1',
    name: 'Ridgeway & Sons',
    country: null,
    region: null,
    currency: usd as NonNullable<typeof usd>,
    openMinor: 120_450,
    pastDueMinor: 120_450,
    heldMinor: 0,
    creditsMinor: 0,
    askMinor: 120_450,
    daysLate: 40,
    holds: [],
    tiesOut: true,
    touch: null,
    decision: null,
    sent: null,
    reasons: [],
    problem: null,
    ...facts,
  };
}

function withRow(one: ReceivableRow): Receivables {
  const total = {
    currency: one.currency,
    openMinor: 120_450,
    pastDueMinor: 120_450,
    heldMinor: 0,
    creditsMinor: 0,
    askMinor: 120_450,
    customersPastDue: 1,
    ageing: { ...noAge, upTo60: 120_450 },
  };
  return { ...nobody, rows: [one], totals: [total], counts: { all: 1, past_due: 1, held: 0, attention: 0 } };
}

function waitingBatch(): Batch {
  const touch = {
    touchId: '00000000-0000-4000-8000-000000000009',
    customerId: 'c1',
    customerName: 'Ridgeway',
    country: null,
    region: null,
    currency: usd as NonNullable<typeof usd>,
    stepName: 'first reminder',
    channel: 'email',
    repeats: false,
    stepNumber: 1,
    state: 'awaiting_approval',
    style: 'own',
    recipientName: 'Ridgeway',
    recipientEmail: 'a@ridgeway.example',
    recipientAddress: null,
    recipientPhone: null,
    askMinor: 100,
    creditMinor: 20_000,
    byName: false,
    announces: null,
    warnings: [],
    plannedFor: now,
    approvedBy: null,
    reason: null,
    lines: [],
  };
  return { waiting: [touch], released: [], next: null };
}

describe('words', () => {
  test('an instant is told as a reader would say it', () => {
    expect(ago(new Date(now.getTime() - 30_000), now)).toBe('just now');
    expect(ago(new Date(now.getTime() - 240_000), now)).toBe('4 min ago');
    expect(ago(new Date(now.getTime() - 3 * 86_400_000), now)).toBe('3 days ago');
  });
  test('days inside a sentence are written as the company writes them, other digits stay', () => {
    expect(daysInWords('Paused until 2026-12-03: order 2026-99-99.', localeOf('GB'))).toBe(
      'Paused until 3 Dec 2026: order 2026-99-99.',
    );
  });
  test('a rule in front of its words is taken off and named', () => {
    expect(splitRule('R8: the ledger sent something.')).toEqual({
      rule: 'R8',
      words: 'The ledger sent something.',
    });
  });
  test('steps have their names, and an unknown one is still readable', () => {
    expect(stepWords('final')).toBe('final notice');
    expect(stepWords('own_step')).toBe('own step');
  });
  test('ageing sums each line once', () => {
    const lines = [0, 1, 30, 31, 90, 91].map((daysLate) => ({ daysLate, openMinor: 100 }));
    expect(ageingOf(lines)).toEqual({ notDue: 100, upTo30: 200, upTo60: 100, upTo90: 100, over90: 100 });
  });
});

describe('what happens next', () => {
  const decision: LastDecision = {
    verdict: 'touch',
    stepKey: 'first',
    nextAt: new Date('2026-12-03T14:00:00Z'),
    decidedAt: new Date('2026-11-23T10:00:00Z'),
  };
  test('the time is the reader’s own where it differs from the company’s', () => {
    const reader = readerZone(
      { country: 'US', region: 'NY' },
      { country: 'US', time_zone: 'America/Los_Angeles' },
    );
    expect(nextStepOf(null, decision, null, 'approve', reader).when).toBe(
      'Thu, Dec 3, 2026, 09:00 their time',
    );
  });
  test('a reminder that has left is not announced again', () => {
    const reader = { zone: 'UTC', locale: 'en-GB' };
    const sent = { stepName: 'first reminder', sentAt: new Date('2026-11-23T11:00:00Z') };
    expect(nextStepOf(null, decision, sent, 'approve', reader).words).toBe('First reminder sent');
    const call = { ...sent, stepName: 'word by telephone', channel: 'call' };
    expect(nextStepOf(null, decision, call, 'approve', reader).words).toBe('Word by telephone done');
    expect(nextStepOf(null, decision, sent, 'approve', reader, false).words).toBe('Nothing is past due');
  });
  test('a step is called as the policy that decided calls it, not by its key', () => {
    const named = { ...decision, stepKey: 'third_2', stepName: 'word before the letter' };
    const reader = { zone: 'UTC', locale: 'en-GB' };
    expect(nextStepOf(null, named, null, 'approve', reader).words).toBe('Word before the letter');
  });
  test('where all steps are done it does not say that nothing is to be asked for', () => {
    const reader = { zone: 'UTC', locale: 'en-GB' };
    const none = { ...decision, verdict: 'nothing_due', stepKey: null, nextAt: null };
    const said = (reasons: LastDecision['reasons'] = []): string =>
      nextStepOf(null, { ...none, reasons }, null, 'approve', reader).words;
    expect(said([{ rule: 'S1' }, { rule: 'R2' }])).toBe('All steps are done: a person decides');
    expect(said([{ rule: 'R4' }, { rule: 'R2' }])).toBe('Nothing to ask for: credit covers it');
    expect(said([{ rule: 'R10' }, { rule: 'R2' }])).toBe('Everything is held: nothing is sent');
    expect(said()).toBe('Nothing to ask for');
  });
  test('in preview nothing is said to leave', () => {
    const touch = { touchId: 't', state: 'planned', stepKey: 'second', plannedFor: now };
    const next = nextStepOf(touch, decision, null, 'preview', { zone: 'UTC', locale: 'en-GB' });
    expect(next).toMatchObject({ words: 'Second reminder (preview)', goes: false });
  });
});

describe('who is past due', () => {
  const page = (receivables: Receivables, show = 'past_due'): string =>
    renderToString(ReceivablesPage({ frame: frame(), receivables, wish: wishOf({ show }) }));

  test('names from the books are escaped, in text and in addresses', () => {
    const html = page(withRow(row({ name: '<script>alert(1)</script>', problem: '"><img src=x>' })));
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<img src=x>');
    expect(html).toContain('/customers/c%2F1"');
  });
  test('amounts stand without their currency, which the head names, and old ones are marked', () => {
    const html = page(withRow(row()));
    expect(html).toContain('Past due, USD');
    expect(html).toMatch(/class="num t-late"[^>]*><strong>1,204\.50</);
  });
  test('every row says why', () => {
    const html = page(
      withRow(row({ reasons: [{ rule: 'S1', words: 'Invoice 7 reaches it on 2026-12-03.' }] })),
    );
    expect(html).toContain('Why?');
    expect(html).toContain('Invoice 7 reaches it on Dec 3, 2026.');
    expect(html).toContain('Rule S1');
  });
  test('an empty list says what will happen next and when', () => {
    expect(page({ ...nobody, nextEventOn: '2026-12-03' })).toContain('Thu, Dec 3, 2026');
    expect(page(nobody)).toContain('Nothing is open in the books.');
  });
  test('an address that asks for nonsense gets the ordinary view', () => {
    expect(wishOf({ show: 'drop table', sort: ['x'], page: '-4' })).toEqual({
      filter: 'past_due',
      sort: 'past_due',
      page: 1,
    });
  });
});

describe('other pages', () => {
  test('the start names each configured ledger and promises that nothing is sent', () => {
    const providers = [{ key: 'quickbooks', signInKey: 'intuit', label: 'QuickBooks Online' }];
    const html = renderToString(ConnectPage({ providers, sandboxUrl: null }));
    expect(html).toContain('href="/connect/quickbooks"');
    expect(html).toContain('href="/signin/intuit"');
    expect(html).toContain('Nothing is sent when you connect');
    expect(html).not.toContain('Sandbox:');
  });
  test('the sandbox is announced on every page', () => {
    expect(renderToString(ConnectPage({ providers: [], sandboxUrl: 'http://127.0.0.1:9/' }))).toContain(
      'Open the sandbox',
    );
  });
  test('the first sync tells its numbers, works without script, and says why it failed', () => {
    const running = { sync_state: 'running', sync_stage: 'invoices', sync_rows: 1200, sync_rows_total: 5000 };
    const html = renderToString(SyncPage({ frame: frame(running), reconciled: false }));
    expect(html).toContain('Invoices: 1,200 of 5,000 rows.');
    expect(html).toContain('<noscript><meta http-equiv="refresh"');
    const failed = frame({ sync_state: 'failed', sync_problem: 'Xero answered 500.' });
    const said = renderToString(SyncPage({ frame: failed, reconciled: false }));
    expect(said).toContain('Xero answered 500.');
    expect(said).toContain('Try again');
    expect(said).not.toContain('http-equiv="refresh"');
  });
  test('the connection page says that the last reading failed, unless a lost connection says so already', () => {
    const page = (connection: 'healthy' | 'reconnect_needed', problem: string | null): string => {
      const counts = { customers: 1, invoices: 1, openInvoices: 1, payments: 0, rejected: [] };
      const row = { state: connection, state_since: now, problem: null, connected_at: now };
      const facts = { ...frame({ sync_problem: problem }), connection };
      return renderToString(
        ConnectionPage({ frame: facts, connection: row, ledger: 'Xero', counts, reads: null, expiry: null }),
      );
    };
    expect(page('healthy', null)).toContain('Nothing is being read');
    expect(page('healthy', 'Xero answered 500.')).toContain('The last reading failed');
    expect(page('reconnect_needed', 'It ended.')).not.toContain('tries again by itself');
  });
  test('a role that may not approve gets no button and is told who can', () => {
    const batch = waitingBatch();
    const owner = renderToString(ApprovePage({ frame: frame(), batch }));
    expect(owner).toContain('Send 1 reminder<');
    expect(owner).toContain('name="_csrf" value="csrf-of-dana"');
    expect(owner).toContain('after $200.00 of credit');
    const sales = renderToString(ApprovePage({ frame: frame({}, 'sales'), batch }));
    expect(sales).not.toContain('data-send');
    expect(sales).toContain('The owner, the accountant or the bookkeeper of the account can.');
    const preview = renderToString(ApprovePage({ frame: frame({ mode: 'preview' }), batch }));
    expect(preview).not.toContain('data-send');
    expect(preview).toContain('In preview nothing leaves');
    expect(owner).toContain('As soon as you release it');
    expect(preview).not.toContain('As soon as you release it');
  });
  test('S4: a final notice or an announcement is ticked by a person, never beforehand nor by "select all"', () => {
    const { waiting, ...rest } = waitingBatch();
    const rule = {
      id: 'uk-x',
      words: 'Enclose the form.',
      source: 'Protocol 3.1',
      from: null,
      until: null,
      enforce: 'warn',
    } as const;
    const last = waiting.map((touch) => ({
      ...touch,
      touchId: '00000000-0000-4000-8000-000000000010',
      stepName: 'final notice',
      byName: true,
      announces: 'Announces “Stop supply”.',
      warnings: [rule],
    }));
    const html = renderToString(
      ApprovePage({ frame: frame(), batch: { ...rest, waiting: [...last, ...waiting] } }),
    );
    const boxes = html.match(/<input[^>]*name="touch"[^>]*>/g) ?? [];
    expect(boxes).toHaveLength(2);
    for (const box of boxes) {
      const byName = box.includes('0010"');
      expect([box.includes('checked'), box.includes('data-by-name')]).toEqual([!byName, byName]);
    }
    expect(html).toContain('Send 1 reminder<');
    expect(html).toContain('Tick each one that is to go.');
    expect(html.match(/Announces “Stop supply”/g)).toHaveLength(1);
    // what the law warns of stands beside the row, with the field for the reason that its release asks for
    expect(html).toContain('Enclose the form. (Protocol 3.1)');
    const asked = html.match(/<input[^>]*name="reason:[^>]*>/g) ?? [];
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain('name="reason:00000000-0000-4000-8000-000000000010" form="release"');
    // refused, it comes back as it was asked for: this one ticked with its reason, the other one not
    const again = renderToString(
      ApprovePage({
        frame: frame(),
        batch: { ...rest, waiting: [...last, ...waiting] },
        asked: { touchIds: new Set(last.map(({ touchId }) => touchId)), reasonFor: () => 'Forms enclosed' },
      }),
    );
    const kept = again.match(/<input[^>]*name="touch"[^>]*>/g) ?? [];
    expect(kept.map((box) => [box.includes('0010"'), box.includes('checked')])).toEqual([
      [true, true],
      [false, false],
    ]);
    expect(again).toContain('value="Forms enclosed"');
  });
  test('a skip stands in a form of its own, so that Enter in its field skips that reminder and no other', () => {
    const html = renderToString(ApprovePage({ frame: frame(), batch: waitingBatch() }));
    const forms = html
      .split('<form ')
      .slice(1)
      .map((part) => part.split('</form>')[0] ?? '');
    const skips = forms.filter((form) => form.includes('action="/companies/') && form.includes('/skip"'));
    expect(skips).toHaveLength(1);
    expect(skips[0]).toContain('/touches/00000000-0000-4000-8000-000000000009/skip"');
    expect(skips[0]).toMatch(/<input[^>]* required[^>]*name="reason"/);
    expect(html).toMatch(/name="touch" form="release"/);
    expect(html).toMatch(/type="submit" form="release" data-send/);
  });
  test('a released reminder can be taken back while it waits for its window, and no longer', () => {
    const { waiting, ...rest } = waitingBatch();
    const inState = (state: string): Batch => ({
      ...rest,
      waiting: [],
      released: waiting.map((touch) => ({ ...touch, state })),
    });
    const page = (state: string, role: 'owner' | 'sales' = 'owner'): string =>
      renderToString(ApprovePage({ frame: frame({}, role), batch: inState(state) }));
    expect(page('approved')).toContain('Take this reminder back');
    expect(page('approved')).toMatch(/action="\/companies\/[^"]+\/touches\/[^"]+\/cancel"/);
    for (const state of ['reserved', 'uncertain'])
      expect(page(state)).not.toContain('Take this reminder back');
    expect(page('approved', 'sales')).not.toContain('Take this reminder back');
  });
  test.each([
    ['disconnected', 'This company is disconnected.'],
    ['reconnect_needed', 'The connection to the books is lost.'],
  ])(
    'nothing is offered for release while the connection is %s, and every page says so',
    (connection, said) => {
      const cut = { ...frame(), connection };
      const approve = renderToString(ApprovePage({ frame: cut, batch: waitingBatch() }));
      expect(approve).not.toContain('data-send');
      expect(approve).not.toContain('name="touch"');
      expect(approve).toContain('1 reminder waits. None can be released');
      for (const html of [approve, renderToString(SettingsPage({ frame: cut, zones: ['UTC'], holds: [] }))]) {
        expect(html).toContain(said);
        expect(html).toContain('/connection">Connect it again');
      }
    },
  );
  test('empty pages say what would appear', () => {
    const next = { at: now, customerId: 'c/1', customerName: 'Ridgeway', stepName: 'second reminder' };
    const approve = renderToString(
      ApprovePage({ frame: frame(), batch: { waiting: [], released: [], next } }),
    );
    expect(approve).toContain('The next reminder falls due on Mon, Nov 23, 2026, 10:00, for');
    expect(approve).toContain('/customers/c%2F1">Ridgeway</a> (second reminder).');
    expect(approve).toMatch(/href="[^"]+\/preview">See the next 30 days/);
    const none = { waiting: [], released: [], next: null };
    expect(renderToString(ApprovePage({ frame: frame(), batch: none }))).toContain(
      'Nothing waits, and nothing is planned in the next 30 days.',
    );
    const problems = { rows: [], count: 0, kinds: [], customerName: null };
    const all = { kind: null, customerId: null, page: 1 };
    expect(renderToString(ProblemsPage({ frame: frame(), problems, wish: all }))).toContain('None.');
    const { company: _none, ...bare } = frame();
    const list = { frame: bare, rows: [], providers: [], connects: true };
    expect(renderToString(CompaniesPage(list))).toContain('None is connected yet.');
  });
  test('a statement shows who made it and when, and is not offered again', () => {
    const stated = frame({ all_businesses_by: 'Dana Whitfield', all_businesses_at: now });
    const html = renderToString(SettingsPage({ frame: stated, zones: ['UTC'], holds: [] }));
    expect(html).toContain('aria-label="Mode: approve"');
    expect(html).toContain('Stated by Dana Whitfield, Mon, Nov 23, 2026, 10:00');
    expect(html).not.toContain('settings/all-businesses');
  });
});
