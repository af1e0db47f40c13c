import { sql } from 'kysely';
import type { Currency } from '../domain/currency.ts';
import { dayAt } from '../domain/day.ts';
import type { binaryArray } from '../platform/binary-array.ts';
import type { Tx } from '../platform/db.ts';
import type { Channel } from '../policies/step.ts';
import { type Contact, LOOK_BACK_DAYS } from './history.ts';
import { contactStates } from './touch-state.ts';

/** Whom is asked about, and when. */
export interface Asked {
  readonly tx: Tx;
  readonly companyId: string;
  readonly zone: string;
  readonly now: Date;
  readonly ids: ReturnType<typeof binaryArray>;
}

/** A touch to somebody else that named an invoice which is this customer's today. */
export interface Elsewhere {
  readonly customerId: string;
  readonly touchId: string;
}

export type Said = Contact & { readonly touchId: string };

type Whose = Said & { readonly customerId: string };

interface Row {
  readonly customer_id: string;
  readonly touch_id: string;
  readonly currency: string;
  readonly channel: string;
  readonly step_key: string;
  readonly at: Date;
}

type Contacts = ReadonlyMap<string, readonly Said[]>;

/**
 * What left, or may have left, by who would be written to today: oldest first. R12: a touch counts for everybody whose
 * invoices it named, too (`elsewhere`), so that nobody hears twice on the day on which they leave their parent.
 */
export async function contactsOf(asked: Asked, elsewhere: readonly Elsewhere[]): Promise<Contacts> {
  const { tx, companyId, zone, ids } = asked;
  const { rows } = await sql<Row>`
    -- R16: who was merged away is the same person to whoever survives, for gaps and caps; twice over if need be
    with who as (select id, id as survivor from unnest(${ids}::text[]) as id),
      once as (select c.customer_id as id, who.survivor from who join customer c
        on c.company_id = ${companyId} and c.merged_into_id = who.id),
      twice as (select c.customer_id as id, once.survivor from once join customer c
        on c.company_id = ${companyId} and c.merged_into_id = once.id),
      everybody as (select * from who union select * from once union select * from twice)
    select who.survivor as customer_id, ${columns}
    from everybody who join touch t on t.company_id = ${companyId} and t.customer_id = who.id
    where ${isContact(asked)}
    order by at`.execute(tx);
  const own = rows.map((row) => saidOf(row, zone));
  if (elsewhere.length === 0) return Map.groupBy(own, (said) => said.customerId);
  const byTouch = new Map(own.map((said) => [said.touchId, said]));
  const unknown = elsewhere.filter(({ touchId }) => !byTouch.has(touchId)).map(({ touchId }) => touchId);
  for (const said of await touchesOf(asked, [...new Set(unknown)])) byTouch.set(said.touchId, said);
  const others = elsewhere.flatMap(({ customerId, touchId }) => {
    const said = byTouch.get(touchId);
    return said === undefined ? [] : [{ ...said, customerId }];
  });
  const once = new Map([...own, ...others].map((said) => [`${said.customerId} ${said.touchId}`, said]));
  const all = [...once.values()].sort((one, other) => one.at.getTime() - other.at.getTime());
  return Map.groupBy(all, (said) => said.customerId);
}

async function touchesOf(asked: Asked, touchIds: readonly string[]): Promise<readonly Whose[]> {
  if (touchIds.length === 0) return [];
  const { rows } = await sql<Row>`select t.customer_id, ${columns} from touch t
    where t.company_id = ${asked.companyId} and t.touch_id = any(${touchIds}::uuid[]) and ${isContact(asked)}`.execute(
    asked.tx,
  );
  return rows.map((row) => saidOf(row, asked.zone));
}

const at = sql`coalesce(t.sent_at, t.reserved_at, t.printed_at)`;
const columns = sql`t.touch_id, t.currency, t.channel, t.step_key, ${at} as at`;

/** Of a touch `t`: lately it left, may have left, or may be in the post. */
export function isContact({ now }: Pick<Asked, 'now'>) {
  return sql`(t.state = any(${[...contactStates]}) or (t.state = 'approved' and t.printed_at is not null))
      and ${at} >= ${daysAgo(now, LOOK_BACK_DAYS)}`;
}

/** S9: of a touch `t`: it reached somebody; what came back, or went to a wrong number, did not. */
export const reachedSomebody = sql`t.delivery is distinct from 'bounced'
      and (t.outcome ->> 'result') is distinct from 'wrong_number'`;

function saidOf(row: Row, zone: string): Whose {
  return {
    customerId: row.customer_id,
    touchId: row.touch_id,
    at: row.at,
    on: dayAt(row.at, zone),
    channel: row.channel as Channel,
    currency: row.currency as Currency,
    stepKey: row.step_key,
  };
}

/** S3, R12: what went to a member before it billed with the debtor reached the same people: each touch once, oldest first. */
export function saidTo(
  contacts: ReadonlyMap<string, readonly Said[]>,
  customerId: string,
  members: readonly string[],
): readonly Said[] {
  const own = contacts.get(customerId) ?? [];
  const others = members.flatMap((id) => (id === customerId ? [] : (contacts.get(id) ?? [])));
  if (others.length === 0) return own;
  const once = new Map([...own, ...others].map((said) => [said.touchId, said]));
  return [...once.values()].sort((one, other) => one.at.getTime() - other.at.getTime());
}

export function daysAgo(now: Date, days: number): Date {
  return new Date(now.getTime() - days * 86_400_000);
}
