/**
 * `npm run api-key -- --company ID`: prints a new key for the API, once. Only its SHA-256 is stored. With `--list` it
 * prints the keys that there are, by name; with `--revoke KEY` (or its name) that one opens nothing any more.
 */
import { parseArgs } from 'node:util';
import { openGround } from './command.ts';
import { type ApiKey, createApiKey, listApiKeys, revokeApiKey } from './companies/api-key.store.ts';
import { findCompanies } from './companies/find.store.ts';
import { systemClock } from './platform/clock.ts';
import { inSystem, openDb, type Tx } from './platform/db.ts';

const USAGE = 'Usage: npm run api-key -- --company ID [--label TEXT | --list | --revoke KEY]';

interface Wish {
  readonly label: string;
  readonly list: boolean;
  readonly revoke: string | undefined;
}

async function findCompany(tx: Tx, wanted: string): Promise<string> {
  const companies = await findCompanies(tx);
  const found = companies.filter(({ companyId, name }) => companyId === wanted || name === wanted);
  const [company, ...others] = found;
  if (company !== undefined && others.length === 0) return company.companyId;
  const list = companies.map(({ companyId, name }) => `  ${companyId}  ${name}`).join('\n');
  const why =
    others.length > 0
      ? `More than one company is called "${wanted}"; name one by its ID.`
      : `There is no company "${wanted}".`;
  throw new Error(`${why} ${USAGE}\n${list || '  (no company is connected)'}`);
}

/** What is printed. */
async function answer(tx: Tx, companyId: string, wish: Wish, now: Date): Promise<string> {
  if (wish.list) {
    const keys = await listApiKeys(tx, companyId);
    return keys.map(line).join('\n') || 'There is no key.';
  }
  if (wish.revoke === undefined) return await createApiKey(tx, companyId, wish.label, now);
  if (await revokeApiKey(tx, companyId, wish.revoke, now)) return 'Revoked: it opens nothing any more.';
  throw new Error('The company has no such key, or it is revoked already; --list shows them.');
}

function line({ name, label, createdAt, revokedAt }: ApiKey): string {
  const end = revokedAt === null ? '' : `, revoked ${revokedAt.toISOString()}`;
  return `${name}  ${createdAt.toISOString()}  ${label}${end}`;
}

async function run(): Promise<string> {
  const { values } = parseArgs({
    options: {
      company: { type: 'string' },
      label: { type: 'string', default: 'made on the command line' },
      list: { type: 'boolean', default: false },
      revoke: { type: 'string' },
    },
  });
  const { ground } = await openGround();
  try {
    const now = systemClock(ground.config.clockFile).now();
    const wish = { label: values.label, list: values.list, revoke: values.revoke };
    return await inSystem(openDb(ground.pool), async (tx) =>
      answer(tx, await findCompany(tx, values.company ?? ''), wish, now),
    );
  } finally {
    await ground.stop();
  }
}

try {
  process.stdout.write(`${await run()}\n`);
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'No key was made.'}\n`);
  process.exit(1);
}
