import type { SandboxLine } from '../../books/model.ts';
import { amountsIn, type Wire } from './shared.ts';

/** The `Line` array of a sales document: its items and the subtotal QuickBooks adds. */
export function salesLines(
  lines: readonly SandboxLine[],
  totalMinor: number,
  currency: string,
  voided: boolean,
): Wire[] {
  const money = amountsIn(currency);
  const items = (lines.length > 0 ? lines : [plain(totalMinor)]).map((line, at) => ({
    Id: String(at + 1),
    LineNum: at + 1,
    Description: line.description,
    Amount: voided ? 0 : money(line.amountMinor),
    DetailType: 'SalesItemLineDetail',
    SalesItemLineDetail: {
      ItemRef: { value: '1', name: 'Services' },
      UnitPrice: voided ? 0 : money(line.unitMinor),
      Qty: voided ? 0 : line.quantity,
      TaxCodeRef: { value: 'NON' },
    },
  }));
  return [
    ...items,
    { Amount: voided ? 0 : money(totalMinor), DetailType: 'SubTotalLineDetail', SubTotalLineDetail: {} },
  ];
}

function plain(totalMinor: number): SandboxLine {
  return { description: 'Services', quantity: 1, unitMinor: totalMinor, amountMinor: totalMinor };
}
