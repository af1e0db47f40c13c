import type pg from 'pg';
import type { Clock } from '../ports/clock.ts';
import type { LedgerRegistry } from '../ports/ledger.ts';
import type { MailEventReader, Mailer } from '../ports/mailer.ts';
import type { Config } from './config.ts';
import type { Crypto } from './crypto.ts';
import type { Db } from './db.ts';
import type { Log } from './log.ts';

/** What the stages counted in this process; `npm run tick` prints it. */
export interface Tally {
  synced: number;
  positions: number;
  planned: number;
  sent: number;
  held: number;
  failed: number;
  uncertain: number;
  notes: number;
}

export function newTally(): Tally {
  return { synced: 0, positions: 0, planned: 0, sent: 0, held: 0, failed: 0, uncertain: 0, notes: 0 };
}

/** Everything a handler may need, put together once by `app.ts`. */
export interface Duly {
  readonly config: Config;
  readonly clock: Clock;
  readonly db: Db;
  /** For what thousands of companies do alike with a few rows each. */
  readonly preparedDb: Db;
  readonly pool: pg.Pool;
  readonly crypto: Crypto;
  readonly log: Log;
  readonly ledgers: LedgerRegistry;
  readonly mailer: Mailer;
  /** The address that messages leave from. */
  readonly mailFrom: string;
  readonly readMailEvent: MailEventReader;
  readonly tally: Tally;
}
