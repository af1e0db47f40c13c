import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addBusinessDays, businessCalendar } from '../../src/domain/calendar.ts';
import { addDays, type Day, day, dayAt } from '../../src/domain/day.ts';
import type { Duly } from '../../src/platform/context.ts';
import { tickOnce } from '../../src/tick-once.ts';
import { Api } from '../support/api.ts';
import { connect, type Provider } from '../support/connect.ts';
import { emailOnly } from '../support/email-only.ts';
import { composeIn } from '../support/in-process.ts';
import { World } from '../support/world.ts';

const book = path.resolve('../shared/books/late-payments.csv');
const FIRST_DAY = day('2013-03-04');
const DAYS = 122;
/** 10:00 or 11:00 in New York, 15:00 or 16:00 in London: inside both windows all year. */
const HOUR = '15:00:00Z';

interface Truth {
  readonly id: string;
  readonly customerId: string;
  readonly number: string;
  readonly due: Day;
  readonly settlesOn: Day;
  readonly disputed: boolean;
}

interface Aged {
  readonly customerId: string;
  readonly currency: string;
  readonly current: number;
  readonly credits: number;
  readonly total: number;
}

interface PositionBody {
  readonly customerId: string;
  readonly currency: string;
  readonly open: { readonly minor: number };
  readonly credits: { readonly minor: number };
  readonly pastDue: { readonly minor: number };
}

interface Mail {
  readonly to: string;
  readonly day: Day;
  readonly touchId: string;
  readonly text: string;
}

interface Firm {
  readonly provider: Provider;
  readonly companyId: string;
  readonly booksId: string;
  readonly zone: string;
  readonly country: string;
  readonly api: Api;
  readonly disputedAlready: Set<string>;
}

const run = existsSync(book) ? describe : describe.skip;
if (!existsSync(book)) process.stderr.write(`skipped: the real book is not at ${book}\n`);

run('the real book, half in each ledger, in autopilot', () => {
  let world: World;
  let duly: Duly;
  const firms: Firm[] = [];
  const differences: string[] = [];
  const waited = new Map<string, number>();

  async function at(on: Day): Promise<void> {
    await world.setNow(`${on}T${HOUR}`);
  }

  async function tick(): Promise<void> {
    const { result, failedJobs } = await tickOnce(duly);
    if (failedJobs > 0) throw new Error('a job failed');
    differences.push(
      ...result.problems
        .filter((problem) => problem.kind === 'does_not_tie_out')
        .map((problem) => problem.what),
    );
  }

  async function truthOf(firm: Firm): Promise<readonly Truth[]> {
    return await world.control<Truth[]>('GET', `/companies/${firm.booksId}/book`);
  }

  /** The business marks its disputed invoices on the day on which they appear. */
  async function markDisputes(firm: Firm, today: Day): Promise<void> {
    const known = await world.control<{ id: string; disputed: boolean; balanceMinor: number }[]>(
      'GET',
      `/companies/${firm.booksId}/invoices`,
    );
    for (const invoice of known) {
      // what is settled has nothing to hold, and a dispute about it is refused
      if (!invoice.disputed || invoice.balanceMinor <= 0 || firm.disputedAlready.has(invoice.id)) continue;
      await firm.api.call('POST', '/disputes', { invoiceId: invoice.id, reason: `disputed as of ${today}` });
      firm.disputedAlready.add(invoice.id);
    }
  }

  /** Our positions beside the ledger's own aged receivables, customer by customer, bucket "past due" included. */
  async function tiesOut(firm: Firm, today: Day): Promise<void> {
    const theirs = await world.control<Aged[]>('GET', `/companies/${firm.booksId}/aged-receivables`);
    const ours = await firm.api.get<{ items: PositionBody[] }>('/positions?limit=500');
    const figures = new Map(ours.items.map((row) => [`${row.customerId} ${row.currency}`, row]));
    for (const row of theirs) {
      const own = figures.get(`${row.customerId} ${row.currency}`);
      figures.delete(`${row.customerId} ${row.currency}`);
      const late = row.total + row.credits - row.current;
      const same =
        own !== undefined && own.open.minor - own.credits.minor === row.total && own.pastDue.minor === late;
      if (!same)
        differences.push(
          `${firm.provider} ${today} ${JSON.stringify({ row, own: own?.open, late: own?.pastDue })}`,
        );
    }
    for (const row of figures.values())
      if (row.open.minor !== 0)
        differences.push(`${firm.provider} ${today}: ${row.customerId} owes nothing in the ledger`);
  }

  /** Autopilot leaves to a person only the first batch, final notices and unusually large days (S4); all are counted. */
  async function releaseWhatNeedsAPerson(firm: Firm): Promise<number> {
    const waiting = await firm.api.get<{ items: { touchId: string; stateReason: string | null }[] }>(
      '/touches?state=awaiting_approval&limit=500',
    );
    for (const { stateReason } of waiting.items) {
      const why = stateReason ?? 'no reason';
      waited.set(why, (waited.get(why) ?? 0) + 1);
    }
    if (waiting.items.length === 0) return 0;
    const touchIds = waiting.items.map((touch) => touch.touchId);
    return (await firm.api.call<{ released: number }>('POST', '/approvals', { touchIds })).released;
  }

  beforeAll(async () => {
    world = await World.start({ now: `${FIRST_DAY}T${HOUR}`, book });
    duly = composeIn(world);
    const browser = world.browser();
    for (const provider of ['quickbooks', 'xero'] as const) {
      const connected = await connect(world, browser, provider);
      const api = await Api.of(world, connected.companyId);
      await emailOnly(api);
      const books = await world.control<{ timeZone: string; country: string }>(
        'GET',
        `/companies/${connected.booksId}`,
      );
      firms.push({
        provider,
        ...connected,
        api,
        zone: books.timeZone,
        country: books.country,
        disputedAlready: new Set(),
      });
    }
    await tick();
    for (const firm of firms) {
      await markDisputes(firm, FIRST_DAY);
      // of a consumer without a state the hours of every zone of the country count: 11:00 in New York is none of them
      await firm.api.call('PATCH', '', { allBusinesses: true, by: 'Dana' });
      await firm.api.call('PATCH', '', { mode: 'autopilot' });
    }
    for (let passed = 0; passed < DAYS; passed += 1) {
      const today = addDays(FIRST_DAY, passed);
      await at(today);
      await tick();
      let released = 0;
      for (const firm of firms) {
        await markDisputes(firm, today);
        released += await releaseWhatNeedsAPerson(firm);
      }
      if (released > 0) await tick();
      for (const firm of firms) await tiesOut(firm, today);
    }
  }, 600_000);

  afterAll(() => world.stop());

  it('ties out to the cent on every day, in both ledgers', () => {
    expect(differences).toEqual([]);
  });

  it('sends no reminder for an invoice that is settled, not yet due or disputed, and none twice', async () => {
    for (const firm of firms) {
      const truth = new Map((await truthOf(firm)).map((row) => [row.id, row]));
      const touches = await sentTouches(firm);
      const wrong: string[] = [];
      const steps = new Set<string>();
      for (const touch of touches) {
        const on = dayAt(new Date(touch.sentAt), firm.zone);
        for (const invoice of touch.invoices) {
          const fact = truth.get(invoice.invoiceId);
          const line = `${invoice.number} on ${on}: ${JSON.stringify(fact)}`;
          if (fact === undefined || fact.settlesOn <= on || fact.due >= on || fact.disputed) wrong.push(line);
          const step = `${invoice.invoiceId} ${invoice.stepKey}`;
          if (invoice.stepKey !== 'listed' && steps.has(step)) wrong.push(`twice: ${line} ${step}`);
          steps.add(step);
        }
      }
      expect(wrong).toEqual([]);
      expect(touches.length).toBeGreaterThan(25);
    }
  });

  it('every message left once: as many mails as sent touches, and one a customer a day', async () => {
    const mails = await allMails();
    const touches = (await Promise.all(firms.map(sentTouches))).flat();
    expect(mails.map((mail) => mail.touchId).sort()).toEqual(touches.map((touch) => touch.touchId).sort());
    const perDay = mails.map((mail) => `${mail.to} ${mail.day}`);
    expect(new Set(perDay).size).toBe(perDay.length);
  });

  it('reminds of every undisputed invoice that got four business days past due, or says why not', async () => {
    for (const firm of firms) {
      const reminded = new Set(
        (await sentTouches(firm)).flatMap((touch) =>
          touch.invoices
            .filter((invoice) => invoice.stepKey !== 'listed')
            .map((invoice) => invoice.invoiceId),
        ),
      );
      const calendar = businessCalendar(firm.country, null, firm.zone);
      const lastDay = addDays(FIRST_DAY, DAYS - 1);
      const missed: Truth[] = [];
      for (const row of await truthOf(firm)) {
        if (row.disputed || reminded.has(row.id)) continue;
        const ripe = addBusinessDays(row.due, 4, calendar);
        const seenFrom = ripe > FIRST_DAY ? ripe : addBusinessDays(FIRST_DAY, 4, calendar);
        if (seenFrom < row.settlesOn && seenFrom <= lastDay) missed.push(row);
      }
      const unexplained: string[] = [];
      const rules = new Map<string, number>();
      for (const row of missed) {
        const reasons = await reasonsFor(firm, row, addBusinessDays(row.due, 3, calendar));
        const why = reasons.find((reason) => reason.binding);
        if (why === undefined) unexplained.push(`${row.number} due ${row.due}, settled ${row.settlesOn}`);
        else rules.set(why.rule, (rules.get(why.rule) ?? 0) + 1);
      }
      expect(unexplained).toEqual([]);
      process.stdout.write(
        `${firm.provider}: ${reminded.size} invoices reminded, ${missed.length} not, with a reason: ${JSON.stringify(Object.fromEntries(rules))}\n`,
      );
      expect(reminded.size).toBeGreaterThan(missed.length);
    }
  });

  it('S4 leaves to a person only the first batch, final notices and unusually large days', () => {
    process.stdout.write(`waited for a person: ${JSON.stringify(Object.fromEntries(waited))}\n`);
    expect(
      [...waited.keys()].filter((why) => !/first batch|final notice always|unusually large/.test(why)),
    ).toEqual([]);
    const ordinary = [...waited].filter(([why]) => /unusually large/.test(why)).map(([, count]) => count);
    // the brake is for odd days, not a way of life
    expect(ordinary.reduce((sum, count) => sum + count, 0)).toBeLessThan(30);
  });

  it('puts every sent touch on every invoice it names as one note, in both ledgers', async () => {
    for (const firm of firms) {
      const expected = (await sentTouches(firm)).flatMap((touch) =>
        touch.invoices.map((invoice) => `[duly:${touch.touchId}:${invoice.invoiceId}:`),
      );
      const notes = await world.control<{ text: string; kind: string }[]>(
        'GET',
        `/companies/${firm.booksId}/notes`,
      );
      const found = notes
        .filter((note) => note.kind === 'app')
        .map((note) => /\[duly:[^:]+:[^:]+:/.exec(note.text)?.[0]);
      expect(found.sort()).toEqual(expected.sort());
    }
  });

  interface SentTouch {
    readonly touchId: string;
    readonly sentAt: string;
    readonly invoices: readonly { invoiceId: string; number: string | null; stepKey: string }[];
  }

  async function sentTouches(firm: Firm): Promise<readonly SentTouch[]> {
    const all: SentTouch[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const query: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`;
      const page: { items: SentTouch[]; next: string | null } = await firm.api.get(
        `/touches?state=sent&limit=500${query}`,
      );
      all.push(...page.items);
      after = page.next;
    }
    return all;
  }

  async function allMails(): Promise<readonly Mail[]> {
    const mails = await world.control<
      { at: string; request: { To: string; TextBody: string; Metadata: Record<string, string> } }[]
    >('GET', '/mails');
    return mails.map(({ at: sentAt, request }) => ({
      to: request.To,
      day: dayAt(new Date(sentAt), 'UTC'),
      touchId: request.Metadata.ob ?? '',
      text: request.TextBody,
    }));
  }

  /**
   * Why the customer was not written to on the days on which this invoice was ripe. A rule counts only when it bound:
   * a gap, a rest or a cap that put the next message on a later day, a credit, or an address that can't be used.
   */
  async function reasonsFor(
    firm: Firm,
    row: Truth,
    from: Day,
  ): Promise<readonly { rule: string; binding: boolean }[]> {
    const found: { rule: string; binding: boolean }[] = [];
    for (let on = from < FIRST_DAY ? FIRST_DAY : from; on < row.settlesOn; on = addDays(on, 1)) {
      const page = await firm.api.get<{ items: { verdict: string; reasons: { rule: string }[] }[] }>(
        `/decisions?customerId=${encodeURIComponent(row.customerId)}&day=${on}`,
      );
      for (const decision of page.items)
        for (const { rule } of decision.reasons)
          found.push({
            rule,
            binding: decision.verdict !== 'touch' && ['S3', 'R5', 'R4', 'S9'].includes(rule),
          });
    }
    return found;
  }
});
