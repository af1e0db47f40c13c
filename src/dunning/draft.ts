import type { Reason } from '../domain/reason.ts';
import type { Policy } from '../policies/policy.ts';
import { allowedStyle } from '../policies/style.ts';
import type { Position } from '../receivables/position.ts';
import { recipientOf } from '../receivables/recipient.ts';
import type { Debtor } from './debtors.store.ts';
import type { NextStep } from './next-step.ts';
import { stepNumberOf, touchInvoices } from './plan.ts';
import type { NewTouch } from './touch.store.ts';

/** A touch as it would be written down, before anybody decided who releases it. */
export type Draft = Omit<NewTouch, 'state' | 'stateReason' | 'caseId'> & { readonly needsPerson: boolean };

export interface DraftInput {
  readonly position: Position;
  readonly next: Extract<NextStep, { kind: 'step' }>;
  readonly policy: Policy;
  readonly debtor: Debtor | undefined;
  /** `customer address` of messages that were refused lately (S9). */
  readonly refused: ReadonlySet<string>;
  /** Section 6: the business stated that all its customers are businesses. */
  readonly allBusinesses: boolean;
}

/** The touch of a step; or why there is none although the step is due: then the step stays open (S9). Pure. */
export function draftOf(input: DraftInput): Draft | Reason {
  const { position, next, debtor, policy } = input;
  if (debtor === undefined) return { rule: 'R16', words: 'The books do not know this customer any more.' };
  const oldestFirst = [...next.advances].sort((a, b) => b.line.daysLate - a.line.daysLate);
  const recipient = recipientOf(
    debtor,
    oldestFirst.map(({ line }) => debtor.invoiceEmails.get(line.invoiceId) ?? []),
  );
  if (recipient === null)
    return { rule: 'S9', words: 'There is no usable e-mail address. Add one in the ledger.' };
  if (input.refused.has(`${position.customerId} ${recipient.email}`))
    return {
      rule: 'S9',
      words: `The last message to ${recipient.email} was refused or could not be handed over. The step stays open.`,
    };
  const { style } = allowedStyle({
    wanted: debtor.wantedStyle,
    debtorType: debtor.debtorType,
    allBusinesses: input.allBusinesses,
  });
  return {
    customerId: position.customerId,
    currency: position.currency,
    stepKey: next.step.key,
    stepNumber: stepNumberOf(policy, next.step.key),
    stepName: next.step.name,
    step: next.step,
    policyVersion: policy.version,
    style,
    recipientName: recipient.name,
    recipientEmail: recipient.email,
    recipientAddress: null,
    recipientPhone: null,
    occasion: null,
    askMinor: position.askMinor,
    plannedFor: next.at,
    invoices: touchInvoices(next),
    needsPerson: next.step.needsPerson,
  };
}
