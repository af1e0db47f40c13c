import { type Problem, raiseProblem, resolveProblems } from '../activity/problem.store.ts';
import { formatMoney } from '../domain/money.ts';
import type { Tx } from '../platform/db.ts';
import { loadPositions } from './position.store.ts';
import type { Position, PositionLine } from './position.ts';

type Finding = Omit<Problem, 'kind'>;

/** What the business should put right before its customers are blamed; each finding goes when its cause goes. */
export async function showOwnFaults(tx: Tx, companyId: string, now: Date): Promise<void> {
  const positions = await loadPositions(tx, companyId);
  await show(
    tx,
    companyId,
    now,
    'no_due_date',
    positions.flatMap((position) => linesOf(position, 'R1').map(noDueDate(position))),
  );
  await show(
    tx,
    companyId,
    now,
    'never_sent',
    positions.flatMap((position) => linesOf(position, 'R13').map(neverSent(position))),
  );
  await show(tx, companyId, now, 'no_recipient', positions.filter(has('no_recipient')).map(noRecipient));
  await show(tx, companyId, now, 'credit_covers', positions.filter(has('credit_covers')).map(creditCovers));
  await show(
    tx,
    companyId,
    now,
    'does_not_tie_out',
    positions.filter((position) => !position.tiesOut).map(doesNotTieOut),
    // sums that nobody could read stay a problem until they are compared again
    [companyId],
  );
}

async function show(
  tx: Tx,
  companyId: string,
  now: Date,
  kind: Problem['kind'],
  findings: readonly Finding[],
  alsoStanding: readonly string[] = [],
): Promise<void> {
  for (const finding of findings) await raiseProblem(tx, companyId, now, { kind, ...finding });
  await resolveProblems(tx, companyId, now, kind, [
    ...findings.map((finding) => finding.subject),
    ...alsoStanding,
  ]);
}

function linesOf(position: Position, rule: string): readonly PositionLine[] {
  return position.lines.filter(
    (line) => line.state === 'left_out' && line.reasons.some((reason) => reason.rule === rule),
  );
}

function has(kind: string): (position: Position) => boolean {
  return (position) => position.holds.some((hold) => hold.kind === kind);
}

function label(line: PositionLine): string {
  return line.number === null ? 'An invoice without a number' : `Invoice ${line.number}`;
}

function noDueDate(position: Position): (line: PositionLine) => Finding {
  return (line) => ({
    subject: line.invoiceId,
    customerId: position.customerId,
    what: `${label(line)} has no due date.`,
    meaning: 'It is never chased, because nobody can say that it is late.',
    action: 'Set its due date in the ledger.',
  });
}

function neverSent(position: Position): (line: PositionLine) => Finding {
  return (line) => ({
    subject: line.invoiceId,
    customerId: position.customerId,
    what: `${label(line)} was never sent to the customer, says the ledger.`,
    meaning: 'The customer is not reminded of an invoice they may not have.',
    action: 'Send the invoice first; or say in Settings that you send invoices outside the ledger.',
  });
}

function noRecipient(position: Position): Finding {
  return {
    subject: `${position.customerId} ${position.currency}`,
    customerId: position.customerId,
    what: 'This customer has no usable e-mail address.',
    meaning: 'Nothing is sent; the step stays open until there is an address.',
    action: 'Add an e-mail address to the customer in the ledger.',
  };
}

function creditCovers(position: Position): Finding {
  return {
    subject: `${position.customerId} ${position.currency}`,
    customerId: position.customerId,
    what: `Unapplied credit of ${formatMoney(position.creditsMinor, position.currency)} covers what is past due.`,
    meaning: 'The customer is not chased for money that they have already given.',
    action: 'Apply the credit to the invoices in the ledger.',
  };
}

function doesNotTieOut(position: Position): Finding {
  const ours = formatMoney(position.openMinor - position.creditsMinor, position.currency);
  const theirs = formatMoney(position.ledgerMinor ?? 0, position.currency);
  return {
    subject: `${position.customerId} ${position.currency}`,
    customerId: position.customerId,
    what: `Our sum is ${ours}, the ledger says ${theirs}.`,
    meaning: 'This customer gets no reminder until both agree.',
    action:
      'Nothing for now: Duly compares again with the next read. If it stays, look at the customer in the ledger.',
  };
}
