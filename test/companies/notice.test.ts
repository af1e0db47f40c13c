import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ledgerRefHash, markReconnectNeeded } from '../../src/companies/connection.store.ts';
import { sendNotices } from '../../src/companies/notice.job.ts';
import { tellAnew } from '../../src/companies/notice.store.ts';
import { expiryNotice, noticeWords } from '../../src/companies/notice.ts';
import { day } from '../../src/domain/day.ts';
import type { Duly } from '../../src/platform/context.ts';
import { makeCrypto } from '../../src/platform/crypto.ts';
import { inCompany, inSystem } from '../../src/platform/db.ts';
import { newId } from '../../src/platform/ids.ts';
import { makeLog } from '../../src/platform/log.ts';
import { addCompany } from '../support/company.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { FakeMailer, outcomes } from '../support/fakes.ts';

const start = new Date('2026-11-02T10:00:00Z');
const crypto = makeCrypto(['test key test key test key test key']);
let database: TestDatabase;
let companyId: string;
let now: Date;
let mailer: FakeMailer;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => await database.drop());

/** A company with two owners and a bookkeeper, whose connection has just ended. */
beforeEach(async () => {
  now = start;
  mailer = new FakeMailer();
  companyId = await addCompany(database.db, { name: 'Larkspur & Sons' });
  await inSystem(database.db, async (tx) => {
    const { account_id } = await tx
      .selectFrom('company')
      .select('account_id')
      .where('company_id', '=', companyId)
      .executeTakeFirstOrThrow();
    for (const [name, role] of [
      ['Dana', 'owner'],
      ['Iris', 'owner'],
      ['Ben', 'bookkeeper'],
    ] as const) {
      const person_id = newId(now);
      const email = `${name.toLowerCase()}@larkspur.example`;
      await tx.insertInto('person').values({ person_id, name, email, created_at: now }).execute();
      await tx.insertInto('membership').values({ account_id, person_id, role, created_at: now }).execute();
    }
    await tx
      .insertInto('connection')
      .values({
        company_id: companyId,
        provider: 'fake',
        ledger_ref_hash: ledgerRefHash(crypto, 'fake', companyId),
        ledger_ref_enc: crypto.seal(companyId),
        state: 'healthy',
        state_since: now,
        connected_at: now,
      })
      .execute();
    await markReconnectNeeded(tx, [companyId], 'the ledger no longer accepts it', now);
  });
});

function work(of = companyId): Promise<void> {
  const duly = {
    db: database.db,
    clock: { now: () => now },
    log: makeLog('silent'),
    mailer,
    mailFrom: 'reminders@notices.example',
    ledgers: new Map([['fake', { label: 'Fake Books' }]]),
    config: { baseUrl: 'https://duly.example' },
  } as unknown as Duly;
  return sendNotices(duly, { companyId: of });
}

async function states(): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ state: string }>(
    'select state from notice_mail where company_id = $1 order by recipient_name',
    [companyId],
  );
  return rows.map((row) => row.state);
}

function pass(minutes: number): void {
  now = new Date(now.getTime() + minutes * 60_000);
}

test('each owner is told once, nobody else, and the connection’s end caused the job', async () => {
  const jobs = await database.pool.query('select 1 from graphile_worker.jobs where key = $1', [
    `notices:${companyId}`,
  ]);
  expect(jobs.rows).toHaveLength(1);
  await work();
  await work();
  expect(mailer.mails.map((mail) => mail.to.name).toSorted()).toEqual(['Dana', 'Iris']);
  expect(mailer.mails.every((mail) => mail.kind === 'notice')).toBe(true);
  expect(mailer.mails[0]?.text).toContain('https://duly.example/companies/');
  expect(mailer.mails[0]?.html).toContain('Larkspur &amp; Sons');
  expect(await states()).toEqual(['sent', 'sent']);
});

test('what surely did not leave waits for another run', async () => {
  mailer.outcomes.push(outcomes.later, outcomes.later);
  await work();
  expect(await states()).toEqual(['waiting', 'waiting']);
  await work();
  expect(await states()).toEqual(['sent', 'sent']);
  expect(mailer.mails).toHaveLength(4);
});

describe('a mail of which nobody knows', () => {
  test('is looked up after ten minutes, and found is sent', async () => {
    mailer.outcomes.push(outcomes.uncertain);
    await work();
    const [first] = mailer.mails;
    if (first !== undefined) mailer.known.set(first.touchId, 'pm-1');
    await work();
    expect(mailer.lookups).toBe(0);
    pass(11);
    await work();
    expect(await states()).toEqual(['sent', 'sent']);
    expect(mailer.mails).toHaveLength(2);
  });

  test('is sent again once, and not more', async () => {
    mailer.outcomes.push(outcomes.uncertain);
    await work();
    pass(11);
    mailer.outcomes.push(outcomes.uncertain);
    await work();
    pass(11);
    await work();
    pass(11);
    await work();
    expect((await states()).toSorted()).toEqual(['failed', 'sent']);
    expect(mailer.mails).toHaveLength(3);
  });

  test('is also what a process left behind that died while it was sending', async () => {
    mailer.during = async () => {
      throw new Error('kill -9');
    };
    await expect(work()).rejects.toThrow('kill -9');
    mailer.during = async () => undefined;
    expect((await states()).toSorted()).toEqual(['reserved', 'waiting']);
    await work();
    expect(mailer.mails).toHaveLength(2);
    pass(11);
    await work();
    expect(await states()).toEqual(['sent', 'sent']);
    expect(mailer.mails).toHaveLength(3);
  });
});

test('what changed before it left is told anew: a mail of before does not leave, nor one of which nobody knows', async () => {
  const step = { name: 'First reminder', customerId: 'C1', customerName: 'Alder Mill', waits: false };
  const notice = { kind: 'step_ahead' as const, subject: newId(now), facts: { at: now.toISOString(), step } };
  const tell = (email: string): Promise<void> =>
    inCompany(database.db, companyId, (tx) =>
      tellAnew(tx, companyId, { ...notice, to: { name: 'Sam', email } }, now),
    );
  const mails = async (): Promise<readonly unknown[]> =>
    (
      await database.pool.query('select state from notice_mail where company_id = $1 and subject = $2', [
        companyId,
        notice.subject,
      ])
    ).rows;
  for (const before of ['waiting', 'uncertain']) {
    await tell('old@larkspur.example');
    await work();
    await database.pool.query('update notice_mail set state = $3 where company_id = $1 and subject = $2', [
      companyId,
      notice.subject,
      before,
    ]);
    expect(await mails()).toContainEqual({ state: before });
    await tell('new@larkspur.example');
    expect(await mails()).not.toContainEqual({ state: before });
  }
});

describe('companies that ended together', () => {
  const names = Array.from({ length: 12 }, (_, at) => `Client ${String(at + 1).padStart(2, '0')}`);
  let ids: string[];
  let stranger: string;

  async function ended(name: string, accountId: string | null): Promise<string> {
    const id = await addCompany(database.db, { name });
    await inSystem(database.db, async (tx) => {
      if (accountId !== null)
        await tx.updateTable('company').set({ account_id: accountId }).where('company_id', '=', id).execute();
      await tx
        .insertInto('connection')
        .values({
          company_id: id,
          provider: 'fake',
          ledger_ref_hash: ledgerRefHash(crypto, 'fake', id),
          ledger_ref_enc: crypto.seal(id),
          state: 'healthy',
          state_since: now,
          connected_at: now,
        })
        .execute();
    });
    return id;
  }

  /** Twelve of the account with two owners, and one of another account, on one set of tokens. */
  beforeEach(async () => {
    const { rows } = await database.pool.query<{ account_id: string }>(
      'select account_id from company where company_id = $1',
      [companyId],
    );
    const accountId = rows[0]?.account_id ?? '';
    ids = [];
    for (const name of names) ids.push(await ended(name, accountId));
    stranger = await ended('Not ours', null);
    await inSystem(database.db, (tx) =>
      markReconnectNeeded(tx, [...ids, stranger], 'the ledger no longer accepts it', now),
    );
  });
  const workAll = async (): Promise<void> => {
    for (const id of [...ids, stranger]) await work(id);
  };
  const reconnect = (gone: readonly string[]) =>
    database.pool.query("update connection set state = 'healthy' where company_id = any($1)", [gone]);

  test('are told of in one mail to each owner, with ten of their names; each has its problem', async () => {
    await workAll();
    await inSystem(database.db, (tx) => markReconnectNeeded(tx, ids, 'again', now));
    await workAll();
    expect(mailer.mails.map((mail) => mail.to.name).toSorted()).toEqual(['Dana', 'Iris']);
    const [mail] = mailer.mails;
    expect(mail?.subject).toBe('Reconnect Fake Books for 12 companies, no reminders go out until then');
    expect(mail?.text).toContain('the books of 12 companies in Fake Books since');
    expect(mail?.text).toContain(`${names.slice(0, 10).join(', ')} and 2 more.`);
    expect(mail?.text).toContain('Reconnect Fake Books: https://duly.example/companies\n');
    expect(mail?.text).not.toContain('Not ours');
    const problems = await database.pool.query(
      "select 1 from problem where kind = 'connection' and resolved_at is null and company_id = any($1)",
      [[...ids, stranger]],
    );
    expect(problems.rows).toHaveLength(13);
  });

  test('and were partly reconnected meanwhile are told of without those; the last one by its own name', async () => {
    mailer.outcomes.push(outcomes.later, outcomes.later);
    await workAll();
    mailer.mails.splice(0);
    await reconnect(ids.slice(0, 9));
    mailer.outcomes.push(outcomes.later, outcomes.later);
    await workAll();
    expect(mailer.mails[0]?.text).toContain('Client 10, Client 11 and Client 12.');
    mailer.mails.splice(0);
    await reconnect(ids.slice(0, 11));
    mailer.outcomes.push(outcomes.later);
    await workAll();
    expect(mailer.mails).toHaveLength(2);
    expect(mailer.mails[0]?.subject).toBe('Client 12: reconnect Fake Books, no reminders go out until then');
    expect(mailer.mails[0]?.text).toContain(`https://duly.example/companies/${ids[11]}/connection`);
    mailer.mails.splice(0);
    await reconnect(ids);
    await workAll();
    expect(mailer.mails).toEqual([]);
  });
});

test('what is not so any more is not told', async () => {
  mailer.outcomes.push(outcomes.later);
  await work();
  await database.pool.query("update connection set state = 'healthy' where company_id = $1", [companyId]);
  await work();
  expect((await states()).toSorted()).toEqual(['overtaken', 'sent']);
});

test('an address that the mail provider refuses is not tried again', async () => {
  mailer.outcomes.push(outcomes.inactive);
  await work();
  await work();
  expect((await states()).toSorted()).toEqual(['failed', 'sent']);
});

test('a connection’s fixed end is told 30 and 7 days before, in words that say when and what to do', () => {
  expect([31, 30, 8, 7, 0].map(expiryNotice)).toEqual([
    null,
    'connection_expires_30',
    'connection_expires_30',
    'connection_expires_7',
    'connection_expires_7',
  ]);
  const notice = {
    kind: 'connection_expires_7',
    subject: 'x',
    facts: { at: '2026-11-09T09:00:00Z' },
  } as const;
  const words = noticeWords(notice, {
    recipientName: 'Dana <b>',
    companyName: 'Larkspur',
    accountName: 'Larkspur',
    ledger: 'Fake Books',
    timeZone: 'Europe/London',
    locale: 'en-GB',
    link: 'https://duly.example/c',
    now: start,
  });
  expect(words.subject).toBe('Larkspur: Fake Books ends the connection on 9 Nov 2026');
  expect(words.text).toContain('ends on 9 Nov 2026, in 7 days.');
  expect(words.html).toContain('Dana &lt;b&gt;');
});

test('who answers for what was announced reads what it was, to whom, and what to do (P8)', () => {
  const consequence = {
    announcementId: 'a1',
    customerName: 'Ridgeway <Ltd>',
    words: 'we make no further deliveries',
    announcedOn: day('2026-11-16'),
    actOn: day('2026-11-26'),
    doing: 'Lock the account.',
  };
  const notice = {
    kind: 'consequence_due',
    subject: 'a1',
    facts: { at: '2026-11-26T17:00:00Z', consequence },
  } as const;
  const words = noticeWords(notice, {
    recipientName: 'Dana',
    companyName: 'Larkspur',
    accountName: 'Larkspur',
    ledger: 'Fake Books',
    timeZone: 'America/Los_Angeles',
    locale: 'en-US',
    link: 'https://duly.example/c',
    now: start,
  });
  expect(words.subject).toBe('Ridgeway <Ltd>: the day of what Larkspur announced has come');
  expect(words.text).toContain(
    'wrote to Ridgeway <Ltd> that from Thu, Nov 26, 2026 we make no further deliveries.',
  );
  expect(words.text).toContain('What to do: Lock the account.');
  expect(words.html).toContain('Ridgeway &lt;Ltd&gt;');
  expect(words.text).not.toContain('own the account');
});
