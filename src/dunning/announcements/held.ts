import type { Position, PositionLine } from '../../receivables/position.ts';

/** Of what an announcement named and is still open: whether nobody may act upon any of it, and what is held of it. */
export interface HeldBack {
  readonly all: boolean;
  readonly lines: readonly PositionLine[];
}

/**
 * R10, R11: what is disputed, promised or in a plan is not acted upon, whether its whole customer is held or the invoice
 * alone. While an invoice of the announcement is free, the consequence is about that one. `open`: the invoices of the
 * announcement on which something is open; an invoice stands in the position at which its customer is chased (R12).
 */
export function heldBack(open: readonly string[], positions: readonly Position[]): HeldBack {
  const wanted = new Set(open);
  const lines = positions
    .flatMap((position) => position.lines)
    .filter((line) => wanted.has(line.invoiceId) && line.holds.length > 0);
  return { all: open.length > 0 && lines.length === wanted.size, lines };
}

/** What a task says of the invoices that stay out of it; empty: of none. */
export function notAbout(lines: readonly PositionLine[]): string {
  return lines
    .map(({ number, holds }) => {
      const invoice = number === null ? 'an invoice without a number' : `invoice ${number}`;
      return ` Not about ${invoice}: ${holds.map((hold) => hold.words).join(' ')}`;
    })
    .join('');
}
