import type pg from 'pg';

/** How large a generated book is. */
export interface LargeBook {
  readonly companyId: string;
  /** Open invoices; the customers are a tenth of them. */
  readonly invoices: number;
  /** Today in the company's zone, `YYYY-MM-DD`. */
  readonly today: string;
}

const TENTH = 10;
const TABLES = ['invoice', 'customer', 'credit', 'payment', 'hold'];

/**
 * Writes a company's book with SQL: open invoices, about ten for each customer, in the order in which they were issued, so
 * that a customer's lie all over the table. Half are past due, up to 75 days; one customer in ten bills with a parent, one
 * in twenty owes in two currencies, one in twenty has an unapplied credit, one in fifty an unapplied payment, one in two
 * hundred is on hold and one invoice in five hundred is disputed; two in a thousand were never sent, one in a hundred
 * has no due date, one customer in a hundred has no address, one in three wants PO numbers, and one in a thousand of theirs lacks it.
 * The same on every run.
 */
export async function writeLargeBook(pool: pg.Pool, book: LargeBook): Promise<void> {
  const indexes = await dropIndexes(pool);
  for (const statement of statements(book)) await pool.query(statement);
  // built anew over all rows, as they are after any large load
  for (const index of indexes) await pool.query(index);
}

/** Statistics and visibility as autovacuum leaves them. */
export async function settle(pool: pg.Pool): Promise<void> {
  await pool.query('vacuum (analyze)');
  await pool.query('checkpoint');
}

async function dropIndexes(pool: pg.Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
      where indrelid = any($1::regclass[]) and not indisprimary and not indisunique`,
    [TABLES],
  );
  for (const { name } of rows) await pool.query(`drop index ${name}`);
  return rows.map((row) => row.definition);
}

/** A number from 0 on below `below` that looks like chance and is always the same for `of` and `salt`. */
function chance(of: string, salt: number, below: number | string): string {
  return `((hashint8extended(${of}, ${salt}) & 4611686018427387903) % ${below})`;
}

function statements({ companyId, invoices, today }: LargeBook): readonly string[] {
  const customers = Math.max(1, Math.floor(invoices / TENTH));
  const company = `'${companyId}'::uuid`;
  const now = `'${today} 00:00:00Z'::timestamptz`;
  const currency = (customer: string): string =>
    `case when ${customer} % 10 < 7 then 'USD' when ${customer} % 10 = 7 then 'EUR'
      when ${customer} % 10 = 8 then 'GBP' else 'JPY' end`;
  return [
    `insert into customer (company_id, customer_id, name, emails, contacts, parent_id, bills_with_parent, active,
        balance_currency, terms, changed_at, version)
      select ${company}, c::text, 'Customer ' || c,
        case when c % 100 = 50 then '{}' else array['ap@customer-' || c || '.example'] end, '[]',
        case when c % 10 = 1 then (c - 1)::text end, c % 10 = 1, true, ${currency('c')}, 'Net 30', ${now}, '1'
      from generate_series(0, ${customers - 1}) as c`,
    `insert into invoice (company_id, invoice_id, number, customer_id, issued_on, due_on, currency, total_minor,
        open_minor, status, sent, sent_at, reference, terms, emails, changed_at, version)
      select ${company}, i::text, 'INV-' || i, c::text, due - 30,
        case when ${chance('i', 5, 100)} > 0 then due end,
        case when c % 20 = 3 and i % 2 = 0 then 'EUR' else ${currency('c')} end, minor,
        case when ${chance('i', 6, 10)} = 0 then minor / 2 else minor end, 'open',
        case when ${chance('i', 7, 500)} = 0 then 'no' else 'yes' end,
        (due - 30 + time '17:00') at time zone 'UTC', case when c % 3 = 0 and ${chance('i', 8, 1000)} > 0 then 'PO ' || i end,
        'Net 30', '{}', ${now}, '1'
      from (
        select i, ${chance('i', 1, customers)} as c, date '${today}' - 75 + ${chance('i', 2, 150)}::int as due,
          100 + ${chance('i', 3, 500_000)} as minor
        from generate_series(1::bigint, ${invoices}) as i
      ) as made`,
    `insert into credit (company_id, credit_id, kind, customer_id, issued_on, currency, total_minor, remaining_minor,
        status, allocations, changed_at, version)
      select ${company}, 'k' || c, 'credit_note', c::text, date '${today}' - 20, ${currency('c')}, 20000, 10000, 'open', '[]',
        ${now}, '1'
      from generate_series(0, ${customers - 1}, 20) as c`,
    `insert into payment (company_id, payment_id, customer_id, paid_on, currency, total_minor, unapplied_minor, status,
        allocations, seen_at, changed_at, version)
      select ${company}, 'p' || c, c::text, date '${today}' - 5, ${currency('c')}, 50000, 5000, 'valid', '[]', ${now}, ${now}, '1'
      from generate_series(7, ${customers - 1}, 50) as c`,
    `insert into hold (company_id, hold_id, kind, category, scope, customer_id, invoice_id, reason, set_by, starts_on, ends_on,
        created_at)
      select ${company}, gen_random_uuid(), 'pause', null, 'customer', c::text, null, 'They asked for time.', 'Bench',
        date '${today}' - 3, date '${today}' + 4 + c % 30, ${now}
      from generate_series(11, ${customers - 1}, 200) as c
      union all
      select ${company}, gen_random_uuid(), 'dispute', 'goods_or_service', 'invoice', null, i::text, 'The goods were damaged.', 'Bench',
        date '${today}' - 3, null, ${now}
      from generate_series(1::bigint, ${invoices}, 500) as i`,
  ];
}
