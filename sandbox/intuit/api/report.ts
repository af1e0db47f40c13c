import { decimalsOf } from '../../books/decimals.ts';
import type { BookView } from '../book-view.ts';
import { homeMinor } from '../wire/amounts.ts';
import type { Wire } from '../wire/shared.ts';
import { stamp } from '../wire/stamps.ts';

const COLUMNS = ['Current', '1 - 30', '31 - 60', '61 - 90', '91 and over'];

/** The ledger's own ageing by customer, in the home currency; unapplied money counts from its own day. */
export function agedReceivables(view: BookView, reportDate: string, now: Date): Wire {
  const rows = customerBuckets(view, reportDate);
  const totals = COLUMNS.map((_, at) => [...rows.values()].reduce((sum, row) => sum + (row[at] ?? 0), 0));
  return {
    Header: {
      Time: stamp(now, view.zone),
      ReportName: 'AgedReceivables',
      DateMacro: 'custom',
      EndPeriod: reportDate,
      SummarizeColumnsBy: 'Total',
      Currency: view.home,
      Option: [
        { Name: 'report_date', Value: reportDate },
        { Name: 'NoReportData', Value: String(rows.size === 0) },
      ],
    },
    Columns: {
      Column: [
        { ColTitle: '', ColType: 'Customer' },
        ...[...COLUMNS, 'Total'].map((ColTitle) => ({ ColTitle, ColType: 'Money' })),
      ],
    },
    Rows: {
      Row: [
        ...[...rows].map(([id, amounts]) => ({
          ColData: [{ value: view.customer(id).name, id }, ...cells(amounts, view.home)],
        })),
        {
          Summary: { ColData: [{ value: 'TOTAL' }, ...cells(totals, view.home)] },
          type: 'Section',
          group: 'GrandTotal',
        },
      ],
    },
  };
}

function customerBuckets(view: BookView, reportDate: string): Map<string, number[]> {
  const rows = new Map<string, number[]>();
  const add = (customerId: string, minor: number, currency: string, day: string) => {
    if (minor === 0) return;
    const row = rows.get(customerId) ?? COLUMNS.map(() => 0);
    const at = bucket(day, reportDate);
    row[at] = (row[at] ?? 0) + homeMinor(minor, currency, view.home);
    rows.set(customerId, row);
  };
  const { books, companyId } = view;
  for (const one of books.invoices(companyId)) {
    if (one.status === 'open' && one.date <= reportDate) {
      add(one.customerId, view.balanceMinor(one), one.currency, one.dueDate ?? one.date);
    }
  }
  for (const one of books.payments(companyId)) {
    add(one.customerId, -view.restMinor('payment', one), one.currency, one.date);
  }
  for (const one of books.credits(companyId)) {
    add(one.customerId, -view.restMinor('credit', one), one.currency, one.date);
  }
  const name = (id: string) => view.customer(id).name;
  return new Map([...rows].toSorted(([a], [b]) => name(a).localeCompare(name(b))));
}

function bucket(day: string, reportDate: string): number {
  const late = Temporal.PlainDate.from(day).until(reportDate, { largestUnit: 'day' }).days;
  return late <= 0 ? 0 : Math.min(4, Math.ceil(late / 30));
}

/** Reports print amounts as text, and nothing at all for zero, but for the total. */
function cells(amounts: readonly number[], currency: string): Wire[] {
  const text = (minor: number) => (minor / 10 ** decimalsOf(currency)).toFixed(decimalsOf(currency));
  const total = amounts.reduce((sum, one) => sum + one, 0);
  return [...amounts.map((one) => ({ value: one === 0 ? '' : text(one) })), { value: text(total) }];
}
