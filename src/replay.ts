/**
 * `npm run replay -- --company ID --from DAY --to DAY --json`: what would have gone when, had the company's own books
 * of these days been chased under a policy, and what of it would have been wrong. `--policy KEY` (in_force, gentle,
 * standard, letter_first; as often as wanted) names what is played. Without days: the last twelve months.
 */
import { parseArgs } from 'node:util';
import { openGround } from './command.ts';
import { getCompany } from './companies/company.store.ts';
import { findCompanies } from './companies/find.store.ts';
import { addDays, dayAt, parseDay } from './domain/day.ts';
import { type ReplayResult, replayCompany } from './insights/replay.store.ts';
import { policiesToPlay } from './insights/replay-policies.store.ts';
import { replayInWords } from './insights/replay-words.ts';
import { systemClock } from './platform/clock.ts';
import { inCompany, inSystem, openDb } from './platform/db.ts';

function wishOf() {
  const { values } = parseArgs({
    options: {
      company: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      policy: { type: 'string', multiple: true, default: ['in_force'] },
      json: { type: 'boolean', default: false },
    },
  });
  for (const [name, text] of [
    ['--from', values.from],
    ['--to', values.to],
  ] as const)
    if (text !== undefined && parseDay(text) === null)
      throw new Error(`${name} is not a day that exists, written YYYY-MM-DD: ${text}.`);
  return { ...values, from: parseDay(values.from), to: parseDay(values.to) };
}

async function run(wish: ReturnType<typeof wishOf>): Promise<ReplayResult> {
  const { ground } = await openGround();
  try {
    const db = openDb(ground.pool);
    const companies = await inSystem(db, findCompanies);
    const found = companies.find(({ companyId, name }) => [companyId, name].includes(wish.company ?? ''));
    if (found === undefined) {
      const list = companies.map(({ companyId, name }) => `  ${companyId}  ${name}`).join('\n');
      throw new Error(`Name a company: npm run replay -- --company ID --from DAY --to DAY --json\n${list}`);
    }
    const now = systemClock(ground.config.clockFile).now();
    return await inCompany(db, found.companyId, async (tx) => {
      const company = await getCompany(tx, found.companyId);
      const to = wish.to ?? dayAt(now, company.time_zone);
      const from = wish.from ?? addDays(to, -364);
      if (from > to) throw new Error(`--from (${from}) lies after --to (${to}).`);
      const policies = await policiesToPlay(tx, found.companyId, wish.policy);
      return await replayCompany(tx, company, { from, to }, policies, now);
    });
  } finally {
    await ground.stop();
  }
}

try {
  const wish = wishOf();
  const result = await run(wish);
  process.stdout.write(`${wish.json ? JSON.stringify(result) : replayInWords(result)}\n`);
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'The replay failed.'}\n`);
  process.exit(1);
}
