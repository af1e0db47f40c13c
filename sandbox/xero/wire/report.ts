import type { Wire } from './envelope.ts';
import { guid } from './ids.ts';
import { decimalText } from './money.ts';

/** One open invoice as the ageing report prints it; amounts in minor units of the base currency. */
export interface AgedLine {
  invoiceId: string;
  number: string;
  date: string;
  dueDate: string;
  totalMinor: number;
  paidMinor: number;
  creditedMinor: number;
  dueMinor: number;
}

/** `/Reports/AgedReceivablesByContact`: all values are text, as in every Xero report. */
export function agedReceivables(
  contactName: string,
  lines: readonly AgedLine[],
  asOf: string,
  currency: string,
  now: Date,
): Wire {
  const sum = (pick: (line: AgedLine) => number) => lines.reduce((total, line) => total + pick(line), 0);
  const cells = (values: readonly string[]) => values.map((Value) => ({ Value }));
  const money = (minor: number) => decimalText(minor, currency);
  return {
    ReportID: 'AgedReceivablesByContact',
    ReportName: 'Aged Receivables By Contact',
    ReportType: 'AgedReceivablesByContact',
    ReportTitles: ['Invoices', contactName, `To ${asOf}`, `Showing payments to ${asOf}`],
    ReportDate: asOf,
    UpdatedDateUTC: `/Date(${now.getTime()})/`,
    Fields: [],
    Rows: [
      {
        RowType: 'Header',
        Cells: cells([
          'Date',
          'Number',
          'Due Date',
          '',
          `Total ${currency}`,
          `Paid ${currency}`,
          `Credited ${currency}`,
          `Due ${currency}`,
        ]), // prettier-ignore
      },
      {
        RowType: 'Section',
        Title: 'Invoices',
        Rows: [
          ...lines.map((line) => ({
            RowType: 'Row',
            Cells: [
              line.date,
              line.number,
              line.dueDate,
              '',
              money(line.totalMinor),
              money(line.paidMinor),
              money(line.creditedMinor),
              money(line.dueMinor),
            ].map((Value) => ({ Value, Attributes: [{ Id: 'invoiceID', Value: guid(line.invoiceId) }] })),
          })),
          {
            RowType: 'SummaryRow',
            Cells: cells([
              'Total',
              '',
              '',
              '',
              money(sum((l) => l.totalMinor)),
              money(sum((l) => l.paidMinor)),
              money(sum((l) => l.creditedMinor)),
              money(sum((l) => l.dueMinor)),
            ]), // prettier-ignore
          },
        ],
      },
    ],
  };
}
