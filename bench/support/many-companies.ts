import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { gentle } from '../../src/policies/presets/gentle.ts';
import { letterFirst } from '../../src/policies/presets/letter-first.ts';
import { standard } from '../../src/policies/presets/standard.ts';

/** Many connected companies whose books were read and planned before. */
export interface ManyCompanies {
  readonly companies: number;
  /** Each with about ten open invoices. */
  readonly customersEach: number;
  /** The bench's own clock: a business morning on both sides of the Atlantic. */
  readonly now: Date;
}

const INVOICES_EACH = 10;
const TABLES = ['invoice', 'customer', 'credit', 'payment', 'hold', 'position', 'dunning_case', 'touch'];
const MORE_TABLES = ['touch_invoice', 'decision', 'plan_due', 'activity'];

/**
 * Writes them with SQL, the same on every run. Half of what is open is past due, up to 75 days; each customer has settled
 * three invoices, some late. Companies of five countries and zones, each mode, all three presets with their segments;
 * debtors of all types in their own country or abroad. Whoever is past due has a case; half of those were reminded ten
 * days ago, a sixth of these twice. One customer in two hundred is on hold, one invoice in five hundred is disputed, one
 * in a hundred has no address, one in twenty has a credit, one in ten bills with another one. Everybody waits for a day
 * to come; `fallDue` says for whom it has.
 */
export async function writeCompanies(pool: pg.Pool, book: ManyCompanies): Promise<void> {
  const { rows: indexes } = await pool.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
      where indrelid = any($1::regclass[]) and not indisprimary and not indisunique`,
    [[...TABLES, ...MORE_TABLES]],
  );
  for (const { name } of indexes) await pool.query(`drop index ${name}`);
  const accountId = randomUUID();
  await pool.query('insert into account (account_id, name, created_at) values ($1, $2, $3)', [
    accountId,
    'Bench',
    book.now,
  ]);
  for (const statement of [...catalogue(book, accountId), ...books(book), ...pursued(book)])
    await pool.query(statement);
  // built anew over all rows, as they are after any large load
  for (const { definition } of indexes) await pool.query(definition);
}

/** A number from 0 on below `below` that looks like chance and is always the same for `of` and `salt`. */
function chance(of: string, salt: number, below: number | string): string {
  return `((hashtextextended(${of}, ${salt}) & 4611686018427387903) % ${below})`;
}

const id = (of: string): string => `md5(${of})::uuid`;

function catalogue({ companies, now }: ManyCompanies, accountId: string): readonly string[] {
  const at = `'${now.toISOString()}'::timestamptz`;
  const of = (values: readonly string[]): string =>
    `(array[${values.map((value) => `'${value}'`).join(',')}])[1 + n % ${values.length}]`;
  const bodies = [standard, gentle, letterFirst].map(
    (body) => `'${JSON.stringify(body).replaceAll("'", "''")}'::jsonb`,
  );
  return [
    `insert into company (company_id, account_id, name, legal_name, country, time_zone, base_currency, postal_address,
        mode, first_batch_released_at, sync_state, books_read_at, created_at, all_businesses_at, all_businesses_by)
      select ${id("'company ' || n")}, '${accountId}', 'Company ' || n, 'Company ' || n || ' Ltd',
        ${of(['US', 'US', 'GB', 'US', 'CA'])}, ${of(['America/New_York', 'America/Chicago', 'Europe/London', 'America/New_York', 'America/Toronto'])},
        ${of(['USD', 'USD', 'GBP', 'USD', 'CAD'])}, '1 Mill Lane',
        ${of(['autopilot', 'autopilot', 'approve', 'autopilot', 'approve', 'preview'])}, ${at} - interval '90 days', 'ready', ${at},
        ${at} - interval '90 days', case when n % 3 = 0 then ${at} end, case when n % 3 = 0 then 'Owner' end
      from generate_series(0, ${companies - 1}) as n`,
    `insert into connection (company_id, provider, ledger_ref_hash, ledger_ref_enc, state, state_since, connected_at)
      select company_id, 'quickbooks', company_id::text::bytea, '', 'healthy', ${at}, ${at} from company`,
    `insert into brand (company_id, name, colour, style, service_name, contact_name, contact_email, postal_address, updated_at)
      select company_id, name, '#0b6b63', case when all_businesses_at is null then 'own' else 'service' end, name || ' Accounts',
        'Owner', 'owner@bench.example', postal_address, ${at} from company`,
    `insert into policy (company_id, version, body, created_by, created_at)
      select company_id, 1, (array[${bodies.join(',')}])[1 + ${chance('company_id::text', 1, 3)}], 'Owner', ${at} - interval '90 days'
      from company`,
  ];
}

function books({ customersEach, now }: ManyCompanies): readonly string[] {
  const at = `'${now.toISOString()}'::timestamptz`;
  const today = `'${now.toISOString().slice(0, 10)}'::date`;
  return [
    `insert into customer (company_id, customer_id, name, emails, contacts, parent_id, bills_with_parent, active, country,
        region, debtor_type, changed_at, version)
      select company_id, c::text, 'Customer ' || c, case when c % 100 = 50 then '{}' else array['ap@customer-' || c || '.example'] end,
        '[]', case when c % 10 = 1 then (c - 1)::text end, c % 10 = 1, true,
        case when c % 7 = 0 then 'GB' when c % 11 = 0 then null else country end,
        case when c % 7 <> 0 and country = 'US' then (array['NY', 'IL', 'FL', 'TX', 'MA'])[1 + c % 5] end,
        (array['business', 'business', 'unknown', 'sole_trader', 'business', 'consumer'])[1 + c % 6], ${at}, '1'
      from company, generate_series(0, ${customersEach - 1}) as c`,
    `insert into invoice (company_id, invoice_id, number, customer_id, issued_on, due_on, currency, total_minor,
        open_minor, status, sent, sent_at, terms, emails, changed_at, version)
      select company_id, (c * ${INVOICES_EACH} + i)::text, 'INV-' || (c * ${INVOICES_EACH} + i), c::text, due - 30, due, base_currency,
        minor, case when ${chance('key', 6, 10)} = 0 then minor / 2 else minor end, 'open', 'yes',
        (due - 30 + time '17:00') at time zone 'UTC', 'Net 30', '{}', ${at}, '1'
      from (select company_id, base_currency, c, i, company_id::text || c || '/' || i as key from company,
          generate_series(0, ${customersEach - 1}) as c, generate_series(1, ${INVOICES_EACH}) as i) as each,
        lateral (select ${today} - 75 + ${chance('key', 2, 150)}::int as due, 100 + ${chance('key', 3, 200_000)} as minor) as made
      order by company_id, due - 30`,
    `insert into invoice (company_id, invoice_id, number, customer_id, issued_on, due_on, currency, total_minor,
        open_minor, status, sent, emails, changed_at, version)
      select company_id, 'S' || c || '-' || i, 'OLD-' || c || '-' || i, c::text, ${today} - 200 - 30 * i, ${today} - 170 - 30 * i,
        base_currency, 50000, 0, 'open', 'yes', '{}', ${at}, '1'
      from company, generate_series(0, ${customersEach - 1}) as c, generate_series(1, 3) as i`,
    `insert into payment (company_id, payment_id, customer_id, paid_on, currency, total_minor, unapplied_minor, status,
        allocations, seen_at, changed_at, version)
      select company_id, 'P' || c || '-' || i, c::text, ${today} - 170 - 30 * i + ${chance('company_id::text || c || i', 9, 20)}::int - 8,
        base_currency, 50000, 0, 'valid',
        jsonb_build_array(jsonb_build_object('invoiceId', 'S' || c || '-' || i, 'amountMinor', 50000)), ${at} - interval '90 days', ${at}, '1'
      from company, generate_series(0, ${customersEach - 1}) as c, generate_series(1, 3) as i`,
    `insert into credit (company_id, credit_id, kind, customer_id, issued_on, currency, total_minor, remaining_minor,
        status, allocations, changed_at, version)
      select company_id, 'K' || c, 'credit_note', c::text, ${today} - 20, base_currency, 20000, 10000, 'open', '[]', ${at}, '1'
      from company, generate_series(0, ${customersEach - 1}, 20) as c`,
    `insert into hold (company_id, hold_id, kind, category, scope, customer_id, invoice_id, reason, set_by, starts_on, ends_on, created_at)
      select company_id, gen_random_uuid(), 'pause', null, 'customer', customer_id, null, 'They asked for time.', 'Bench',
        ${today} - 3, ${today} + 4, ${at}
      from customer where ${chance('company_id::text || customer_id', 11, 200)} = 0
      union all
      select company_id, gen_random_uuid(), 'dispute', 'goods_or_service', 'invoice', null, invoice_id, 'The goods were damaged.', 'Bench',
        ${today} - 3, null, ${at}
      from invoice where open_minor > 0 and ${chance('company_id::text || invoice_id', 12, 500)} = 0`,
  ];
}

/** Figures, cases and what was said: as earlier days have left them. */
function pursued({ now }: ManyCompanies): readonly string[] {
  const at = `'${now.toISOString()}'::timestamptz`;
  const today = `'${now.toISOString().slice(0, 10)}'::date`;
  const key = 'company_id::text || customer_id';
  const touch = (step: string, number: number, days: number, whom: string): string =>
    `insert into touch (company_id, touch_id, case_id, customer_id, currency, step_key, step_number, channel, step, policy_version,
        style, recipient_name, recipient_email, invoice_set, state, ask_minor, planned_for, created_at, approved_at, approved_by,
        reserved_at, sent_at, attempts)
      select company_id, ${id(`company_id::text || customer_id || '${step}'`)}, case_id, customer_id, currency, '${step}', ${number}, 'email', '{}', 1,
        'own', 'Customer', 'ap@customer-' || customer_id || '.example', '${step}', 'sent', 10000, sent, sent, sent, 'Owner', sent, sent, 1
      from dunning_case, lateral (select ${at} - interval '${days} days' as sent) as day where ${whom}`;
  return [
    `insert into position (company_id, customer_id, currency, open_minor, not_due_minor, past_due_minor, late_1_30_minor,
        late_31_60_minor, late_61_90_minor, late_over_90_minor, held_minor, credits_minor, ask_minor, oldest_due_on, holds,
        ties_out, next_event_on, computed_on, computed_at)
      select i.company_id, coalesce(parent_id, i.customer_id), currency, sum(open_minor),
        coalesce(sum(open_minor) filter (where due_on >= ${today}), 0),
        coalesce(sum(open_minor) filter (where due_on < ${today}), 0), 0, 0, 0, 0, 0, 0,
        coalesce(sum(open_minor) filter (where due_on < ${today}), 0), min(due_on), '[]', true, ${today} + 1, ${today}, ${at}
      from invoice i join customer c on c.company_id = i.company_id and c.customer_id = i.customer_id
      where open_minor > 0 group by 1, 2, 3`,
    `insert into dunning_case (company_id, case_id, customer_id, currency, reference, state, opened_on, opened_at, next_at)
      select company_id, ${id(`${key} || 'case'`)}, customer_id, currency, 'ABC-123', 'open', ${today} - 40, ${at} - interval '40 days', ${at}
      from position where past_due_minor > 0`,
    touch('first', 1, 10, `${chance(key, 21, 2)} = 0`),
    touch('second', 2, 5, `${chance(key, 21, 2)} = 0 and ${chance(key, 22, 6)} = 0`),
    `insert into touch_invoice (company_id, touch_id, invoice_id, step_key, stage, open_minor, days_late)
      select t.company_id, t.touch_id, i.invoice_id, t.step_key, t.step_key, i.open_minor, 10
      from touch t join invoice i on i.company_id = t.company_id and i.customer_id = t.customer_id and i.open_minor > 0
        and i.due_on < ${today} - 13`,
    `insert into activity (company_id, activity_id, at, kind, actor, customer_id, case_id, touch_id, summary, data)
      select company_id, gen_random_uuid(), created_at, 'touch_sent', 'Duly', customer_id, case_id, touch_id, 'Sent.', '{}' from touch`,
    `insert into decision (company_id, customer_id, currency, decided_on, decided_at, verdict, reasons, step_key, next_at, policy_version)
      select company_id, customer_id, currency, ${today} - d, ${at} - make_interval(days => d), 'wait',
        '[{"rule":"S1","words":"The next step is the second reminder."}]', 'second', ${at}, 1
      from dunning_case, generate_series(3, 12, 9) as d`,
    `insert into plan_due (company_id, customer_id, look_at)
      select company_id, customer_id, ${at} + make_interval(hours => 12 + ${chance(key, 31, 400)}::int) from dunning_case
      union all select company_id, '', ${at} + make_interval(hours => 24 + ${chance('company_id::text', 32, 140)}::int) from company`,
  ];
}

/** Lets the day come of `count` cases, spread over all companies; other ones for each `round`. */
export async function fallDue(
  pool: pg.Pool,
  { now }: ManyCompanies,
  round: number,
  count: number,
): Promise<void> {
  const { rowCount } = await pool.query(
    `update plan_due d set look_at = $1::timestamptz - interval '1 hour' from (
        select company_id, customer_id from dunning_case
        where state = 'open' and hashtextextended(company_id::text || customer_id, 41) % 7 = $2
        order by hashtextextended(company_id::text || customer_id, 42) limit $3) as due
      where d.company_id = due.company_id and d.customer_id = due.customer_id`,
    [now, round, count],
  );
  if (rowCount !== count) throw new Error(`${rowCount} cases fell due, not ${count}`);
  await pool.query('vacuum (analyze) plan_due');
}
