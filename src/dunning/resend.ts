import { sumMinor } from '../domain/money.ts';
import type { Position } from '../receivables/position.ts';
import type { TouchInvoice } from './touch.store.ts';

/** What a message said: its invoices with what was open on them, and what it asked for; minor units. */
export interface Said {
  readonly askMinor: number;
  readonly invoices: readonly Pick<TouchInvoice, 'invoiceId' | 'openMinor' | 'stage'>[];
}

/**
 * Why the same message may not be sent again, as a sentence; null: every figure in it is still true, and nothing holds
 * the customer or an invoice (R10, EXC-13). Pure.
 */
export function whyNotAgain(said: Said, position: Position | null): string | null {
  if (position === null) return 'Nothing is open any more.';
  const [hold] = position.holds;
  if (hold !== undefined) return hold.words;
  for (const { invoiceId, openMinor, stage } of said.invoices) {
    const line = position.lines.find((each) => each.invoiceId === invoiceId);
    if (line === undefined) return 'An invoice in it is settled, or is not asked for here any more.';
    const name = line.number === null ? 'An invoice' : `Invoice ${line.number}`;
    if (line.state === 'held') return `${name} is on hold.`;
    if (line.state === 'left_out') return `${name} is left out now.`;
    if (stage === 'courtesy' && line.daysLate > 0)
      return `${name} is past due now, and it says that it will be due.`;
    if (line.openMinor !== openMinor) return `${name} has another balance than it says.`;
  }
  const asks = sumMinor(said.invoices.map((invoice) => invoice.openMinor)) - position.creditsMinor;
  return asks === said.askMinor ? null : 'It asks for another sum than is due now: a credit has changed.';
}

const ADDRESS = /^[^\s@<>(),;:"\\[\]]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;

/** An e-mail address as a person types it; null: it is none. */
export function addressOf(text: string): string | null {
  const address = text.trim();
  return address.length <= 254 && ADDRESS.test(address) ? address : null;
}
