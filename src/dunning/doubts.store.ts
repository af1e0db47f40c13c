import { sql } from 'kysely';
import { addDays, type Day, dayAt, instantAt } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import { MOST_ATTEMPTS } from './touch-state.ts';
import { numberKey, type WrongNumbers } from './wrong-number.ts';

/** How long an address that refused a message, or from which one came back for good, is left alone, unless the ledger gets another one. */
const REFUSED_DAYS = 30;
/** A number may be given to somebody else in a year. */
const WRONG_DAYS = 365;

/** What is not certain of a company's messages. */
export interface Doubts {
  /**
   * S9: `customer address` of every message that was refused lately, with the day (company's zone) on which it is tried
   * again: such an address is left alone until then; so is one from which the message came back for good. One that failed
   * because the mail provider could not be reached is tried again on the next day.
   */
  readonly refused: ReadonlyMap<string, Day>;
  /** S8: `customer currency` of every case of which nobody knows whether its last message left. */
  readonly undecided: ReadonlySet<string>;
  readonly wrongNumbers: WrongNumbers;
}

interface Row {
  readonly customer_id: string;
  readonly currency: string;
  readonly recipient_email: string;
  readonly state: string;
  readonly attempts: number;
  readonly delivery: string | null;
  readonly delivery_at: Date | null;
  readonly created_at: Date;
  readonly recipient_phone: string | null;
  readonly wrong_at: Date | null;
}

/** The doubts about a company's messages, in one query: each part has an index that is empty for most companies. */
export async function loadDoubts(tx: Tx, companyId: string, now: Date, zone: string): Promise<Doubts> {
  const today = dayAt(now, zone);
  const dayStart = instantAt(today, '00:00', zone);
  const since = instantAt(addDays(today, 1 - REFUSED_DAYS), '00:00', zone);
  const columns = sql`customer_id, currency, recipient_email, state, attempts, delivery, delivery_at, created_at,
    recipient_phone, case when outcome ->> 'result' = 'wrong_number' then sent_at end as wrong_at`;
  const { rows } = await sql<Row>`
    select ${columns} from touch where company_id = ${companyId} and state in ('reserved', 'uncertain')
    union all
    select ${columns} from touch where company_id = ${companyId} and state = 'failed' and created_at >= ${since}
      and (attempts < ${MOST_ATTEMPTS} or planned_for >= ${dayStart})
    union all
    select ${columns} from touch where company_id = ${companyId} and delivery = 'bounced' and delivery_at >= ${since}
    union all
    select ${columns} from touch where company_id = ${companyId} and outcome ->> 'result' = 'wrong_number'
      and sent_at >= ${instantAt(addDays(today, -WRONG_DAYS), '00:00', zone)}`.execute(tx);
  const until = new Map<string, Day>();
  const undecided = new Set<string>();
  const wrongNumbers = new Map<string, Map<string, Day>>();
  for (const row of rows) {
    if (row.wrong_at !== null) {
      const own = wrongNumbers.get(row.customer_id) ?? new Map<string, Day>();
      wrongNumbers.set(row.customer_id, own);
      const [key, on] = [numberKey(row.recipient_phone), dayAt(row.wrong_at, zone)];
      const before = own.get(key);
      own.set(key, before !== undefined && before > on ? before : on);
      continue;
    }
    if (row.state === 'reserved' || row.state === 'uncertain')
      undecided.add(`${row.customer_id} ${row.currency}`);
    if (row.state !== 'failed' && row.delivery !== 'bounced') continue;
    const key = `${row.customer_id} ${row.recipient_email}`;
    const last = row.delivery === 'bounced' ? row.delivery_at : null;
    const isOutage = last === null && row.attempts >= MOST_ATTEMPTS;
    const day = isOutage ? addDays(today, 1) : addDays(dayAt(last ?? row.created_at, zone), REFUSED_DAYS);
    const other = until.get(key);
    if (other === undefined || other < day) until.set(key, day);
  }
  return { refused: until, undecided, wrongNumbers };
}
