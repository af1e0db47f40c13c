import { daysBetween } from '../domain/day.ts';
import type { Reason } from '../domain/reason.ts';
import { derivedHold, type HoldFact, type HoldReason, holdReason, isInForce } from './holds.ts';
import type { LineState, PositionInput, PositionInvoice, PositionLine } from './position.ts';

/** One open invoice in its position: how late it is, whether it is asked for, and why not. `holds`: its own. Pure. */
export function lineOf(
  invoice: PositionInvoice,
  input: PositionInput,
  holds: readonly HoldFact[],
): PositionLine {
  const daysLate = invoice.dueOn === null ? 0 : Math.max(0, daysBetween(invoice.dueOn, input.today));
  const reasons = leftOutReasons(invoice, input);
  const held = holds.filter((hold) => isInForce(hold, input.today)).map(holdReason);
  return {
    invoiceId: invoice.invoiceId,
    customerId: invoice.customerId,
    number: invoice.number,
    reference: invoice.reference,
    terms: invoice.terms,
    sentOn: invoice.sentOn,
    issuedOn: invoice.issuedOn,
    dueOn: invoice.dueOn,
    openMinor: invoice.openMinor,
    totalMinor: invoice.totalMinor,
    daysLate,
    state: stateOf(daysLate, reasons, held),
    reasons: [...reasons, ...held.map(reasonOf), ...(daysLate === 0 ? notDueReason(invoice) : [])],
    // most invoices have none, and a book has millions
    holds: held.length + reasons.length === 0 ? none : [...held, ...neverSent(reasons, invoice)],
  };
}

function reasonOf({ rule, words }: HoldReason): Reason {
  return { rule, words };
}

const none: readonly HoldReason[] = [];

function neverSent(reasons: readonly Reason[], invoice: PositionInvoice): readonly HoldReason[] {
  return reasons
    .filter((reason) => reason.rule === 'R13')
    .map(({ rule, words }) => ({
      ...derivedHold('never_sent', rule, words, invoice.issuedOn),
      scope: 'invoice',
    }));
}

function stateOf(daysLate: number, leftOut: readonly Reason[], held: readonly HoldReason[]): LineState {
  if (leftOut.length > 0) return 'left_out';
  if (held.length > 0) return 'held';
  return daysLate > 0 ? 'ask' : 'not_due';
}

function leftOutReasons(invoice: PositionInvoice, input: PositionInput): readonly Reason[] {
  if (invoice.dueOn === null) {
    return [{ rule: 'R1', words: 'The invoice has no due date, so nobody can say that it is late.' }];
  }
  if (invoice.sent === 'no' && !input.sentElsewhere) {
    return [
      {
        rule: 'R13',
        words: 'The ledger says that this invoice was never sent to the customer. Send it first.',
      },
    ];
  }
  return [];
}

function notDueReason(invoice: PositionInvoice): readonly Reason[] {
  return invoice.dueOn === null
    ? []
    : [{ rule: 'R1', words: `Due ${invoice.dueOn}; due today is not past due.` }];
}
