/** `npm run api-key -- --company ID`: prints a new key for the API, once. Only its SHA-256 is stored. */
import { parseArgs } from 'node:util';
import { openGround } from './command.ts';
import { createApiKey } from './companies/api-key.store.ts';
import { findCompanies } from './companies/find.store.ts';
import { systemClock } from './platform/clock.ts';
import { inSystem, openDb } from './platform/db.ts';

async function makeKey(): Promise<string> {
  const { values } = parseArgs({
    options: { company: { type: 'string' }, label: { type: 'string', default: 'made on the command line' } },
  });
  const { ground } = await openGround();
  try {
    const db = openDb(ground.pool);
    const companies = await inSystem(db, findCompanies);
    const wanted = values.company ?? '';
    const found = companies.filter(({ companyId, name }) => companyId === wanted || name === wanted);
    const [company, ...others] = found;
    if (company === undefined || others.length > 0) {
      const list = companies.map(({ companyId, name }) => `  ${companyId}  ${name}`).join('\n');
      const why =
        others.length > 0
          ? `More than one company is called "${wanted}"; name one by its ID.`
          : `There is no company "${wanted}".`;
      throw new Error(
        `${why} Usage: npm run api-key -- --company ID\n${list || '  (no company is connected)'}`,
      );
    }
    const now = systemClock(ground.config.clockFile).now();
    return await inSystem(db, (tx) => createApiKey(tx, company.companyId, values.label, now));
  } finally {
    await ground.stop();
  }
}

try {
  process.stdout.write(`${await makeKey()}\n`);
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'No key was made.'}\n`);
  process.exit(1);
}
