import type { Currency } from '../../src/domain/currency.ts';
import { day } from '../../src/domain/day.ts';
import type { InvoiceFact } from '../../src/receivables/facts.store.ts';
import type { HoldFact } from '../../src/receivables/holds.ts';
import {
  type Position,
  type PositionInput,
  type PositionInvoice,
  positionOf,
} from '../../src/receivables/position.ts';
import { currency, invoiceRow } from '../support/values.ts';

export const usd: Currency = currency('USD');
export const today = day('2026-11-10');

/** Due on 2 November, so eight days late on `today`. */
export function owed(invoiceId: string, more: Partial<PositionInvoice> = {}): InvoiceFact {
  const row = invoiceRow(invoiceId, more.openMinor === undefined ? {} : { openMinor: more.openMinor });
  return { sentOn: null, ...row, hasEmail: row.emails.length > 0, ...more };
}

export function hold(more: Partial<HoldFact> = {}): HoldFact {
  return {
    holdId: 'h1',
    kind: 'pause',
    category: null,
    scope: 'customer',
    customerId: 'C1',
    invoiceId: null,
    reason: 'they asked for a week',
    setBy: 'Maria Lopez',
    startsOn: day('2026-11-01'),
    endsOn: null,
    ...more,
  };
}

/** `creditsMinor`: one credit note over so much. */
export function positionInput({
  creditsMinor = 0,
  ...more
}: Partial<PositionInput> & { creditsMinor?: number } = {}): PositionInput {
  return {
    today,
    customerId: 'C1',
    currency: usd,
    invoices: [owed('I1')],
    credits: creditsMinor === 0 ? [] : [{ kind: 'credit_note', id: 'K1', minor: creditsMinor }],
    holds: [],
    unreadable: [],
    dead: false,
    sentElsewhere: false,
    hasRecipient: true,
    ledgerMinor: null,
    ...more,
  };
}

export function position(more: Parameters<typeof positionInput>[0] = {}): Position {
  return positionOf(positionInput(more));
}

/** The state of each line, by invoice. */
export function states(of: Position): Record<string, string> {
  return Object.fromEntries(of.lines.map((line) => [line.invoiceId, line.state]));
}

export function holdKinds(of: Position): string[] {
  return of.holds.map((reason) => reason.kind);
}
