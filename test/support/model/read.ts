import { getCompany } from '../../../src/companies/company.store.ts';
import type { Duly } from '../../../src/platform/context.ts';
import { inCompany } from '../../../src/platform/db.ts';
import { readPositions } from '../../../src/receivables/read-positions.store.ts';
import { type Age, type Figures, noFigures } from './figures.ts';
import type { Firm, Stage } from './stage.ts';

interface AgedRow {
  readonly customerId: string;
  readonly currency: string;
  readonly current: number;
  readonly days1to30: number;
  readonly days31to60: number;
  readonly days61to90: number;
  readonly over90: number;
  readonly credits: number;
  readonly total: number;
}

/** The ledger's own aged receivables, which can be summed up by whoever is chased. */
export class Aged {
  constructor(private readonly rows: readonly AgedRow[]) {}

  /** `debtorOf` null: not of this history. */
  by(debtorOf: (customerId: string) => string | null): ReadonlyMap<string, Figures> {
    const sums = new Map<string, Figures>();
    for (const row of this.rows) {
      const debtor = debtorOf(row.customerId);
      if (debtor === null) continue;
      const key = `${debtor} ${row.currency}`;
      const sum = sums.get(key) ?? noFigures();
      sums.set(key, sum);
      sum.open += row.total + row.credits;
      sum.notDue += row.current;
      sum.late1to30 += row.days1to30;
      sum.late31to60 += row.days31to60;
      sum.late61to90 += row.days61to90;
      sum.lateOver90 += row.over90;
      sum.credits += row.credits;
    }
    return sums;
  }
}

export async function agedOf(stage: Stage, { booksId }: Firm): Promise<Aged> {
  return new Aged(await stage.control<AgedRow[]>('GET', `/companies/${booksId}/aged-receivables`));
}

interface Stored extends Figures {
  readonly customerId: string;
  readonly currency: string;
  readonly pastDue: number;
  readonly ledger: number | null;
  readonly tiesOut: boolean;
}

/** Our positions as they are stored. */
export class Positions {
  constructor(private readonly rows: readonly Stored[]) {}

  of(customers: ReadonlySet<string>): ReadonlyMap<string, Figures> {
    return new Map(
      this.rows
        .filter((row) => customers.has(row.customerId))
        .map((row) => [`${row.customerId} ${row.currency}`, figuresOf(row)]),
    );
  }

  /** What does not agree with itself or with the sums that the ledger's API states, in words. */
  untied(
    customers: ReadonlySet<string>,
    expected: ReadonlyMap<string, Figures>,
    labelOf: (customerId: string) => string,
  ): readonly string[] {
    return this.rows
      .filter((row) => customers.has(row.customerId))
      .flatMap((row) => {
        const who = `${labelOf(row.customerId)} ${row.currency}`;
        const want = expected.get(`${row.customerId} ${row.currency}`) ?? noFigures();
        const ages = row.late1to30 + row.late31to60 + row.late61to90 + row.lateOver90;
        return [
          ...(row.tiesOut ? [] : [`${who} does not tie out`]),
          ...(row.ledger === null || row.ledger === want.open - want.credits
            ? []
            : [`${who}: the ledger is said to state ${row.ledger}, should be ${want.open - want.credits}`]),
          ...(row.pastDue === ages
            ? []
            : [`${who}: past due ${row.pastDue} is not the sum of its ages, ${ages}`]),
          ...(row.notDue + row.pastDue === row.open
            ? []
            : [`${who}: not due and past due are not what is open`]),
        ];
      });
  }
}

function figuresOf(row: Stored): Figures {
  const { open, notDue, late1to30, late31to60, late61to90, lateOver90, credits } = row;
  return { open, notDue, late1to30, late31to60, late61to90, lateOver90, credits };
}

export async function positionsOf(duly: Duly, companyId: string): Promise<Positions> {
  const rows = await inCompany(duly.db, companyId, (tx) =>
    tx.selectFrom('position').selectAll().where('company_id', '=', companyId).execute(),
  );
  return new Positions(
    rows.map((row) => ({
      customerId: row.customer_id,
      currency: row.currency,
      open: row.open_minor,
      notDue: row.not_due_minor,
      late1to30: row.late_1_30_minor,
      late31to60: row.late_31_60_minor,
      late61to90: row.late_61_90_minor,
      lateOver90: row.late_over_90_minor,
      pastDue: row.past_due_minor,
      credits: row.credits_minor,
      ledger: row.ledger_minor,
      tiesOut: row.ties_out,
    })),
  );
}

/** The invoices and credits behind our positions, as pages and messages derive them, summed up. */
export async function linesOf(
  duly: Duly,
  companyId: string,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, Figures>> {
  const positions = await inCompany(duly.db, companyId, async (tx) =>
    readPositions(tx, await getCompany(tx, companyId), duly.clock.now(), { customerIds }),
  );
  const sums = new Map<string, Figures>();
  for (const { customerId, currency, lines, credits } of positions) {
    const sum = noFigures();
    for (const line of lines) {
      sum.open += line.openMinor;
      sum[ageOf(line.daysLate)] += line.openMinor;
    }
    for (const credit of credits) sum.credits += credit.minor;
    sums.set(`${customerId} ${currency}`, sum);
  }
  return sums;
}

function ageOf(daysLate: number): Age {
  if (daysLate < 1) return 'notDue';
  if (daysLate < 31) return 'late1to30';
  if (daysLate < 61) return 'late31to60';
  return daysLate < 91 ? 'late61to90' : 'lateOver90';
}
