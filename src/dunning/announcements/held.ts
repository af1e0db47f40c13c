import type { Position, PositionLine } from '../../receivables/position.ts';

/** Of what an announcement named and is still open: whether nobody may act upon any of it, and what is held of it. */
export interface HeldBack {
  readonly all: boolean;
  readonly lines: readonly PositionLine[];
}

/** The held invoices of a batch, by id, each with its place among them. */
export type HeldLines = ReadonlyMap<string, { readonly place: number; readonly line: PositionLine }>;

/** Once for all announcements of a batch. An invoice stands in the position at which its customer is chased (R12). */
export function heldLines(positions: readonly Position[]): HeldLines {
  const held = positions.flatMap(({ lines }) => lines.filter((line) => line.holds.length > 0));
  return new Map(held.map((line, place) => [line.invoiceId, { place, line }]));
}

/**
 * R10, R11: what is disputed, promised or in a plan is not acted upon, whether its whole customer is held or the invoice
 * alone. While an invoice of the announcement is free, the consequence is about that one. `open`: the invoices of the
 * announcement on which something is open, each once. The lines come in the order of their position.
 */
export function heldBack(open: readonly string[], held: HeldLines): HeldBack {
  const found = open.flatMap((invoiceId) => held.get(invoiceId) ?? []);
  const lines = found.sort((one, other) => one.place - other.place).map(({ line }) => line);
  return { all: open.length > 0 && lines.length === open.length, lines };
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
