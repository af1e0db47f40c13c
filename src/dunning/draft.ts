import type { Reason } from '../domain/reason.ts';
import type { Law } from '../policies/law/law.ts';
import type { Policy } from '../policies/policy.ts';
import { styleUnder } from '../policies/style.ts';
import type { Position } from '../receivables/position.ts';
import { recipientOf } from '../receivables/recipient.ts';
import type { Debtor } from './debtors.store.ts';
import type { NextStep } from './next-step.ts';
import { stepNumberOf, touchInvoices } from './plan.ts';
import type { NewTouch } from './touch.store.ts';

/** A touch as it would be written down, before anybody decided who releases it. */
export type Draft = Omit<NewTouch, 'state' | 'stateReason' | 'caseId'> & { readonly needsPerson: boolean };

type Due = Extract<NextStep, { kind: 'step' }>;

export interface DraftInput {
  readonly position: Position;
  readonly next: Due;
  readonly policy: Policy;
  readonly law: Law;
  /** Of the policy that the step is from. */
  readonly policyVersion: number;
  readonly debtor: Debtor | undefined;
  /** `customer address` of messages that were refused lately (S9). */
  readonly refused: ReadonlySet<string>;
}

type Reached = Pick<NewTouch, 'recipientName' | 'recipientEmail' | 'recipientAddress' | 'recipientPhone'>;

/** The touch of a step; or why there is none although the step is due: then the step stays open (S9). Pure. */
export function draftOf(input: DraftInput): Draft | Reason {
  const { position, next, debtor, policy, law, policyVersion } = input;
  if (debtor === undefined) return { rule: 'R16', words: 'The books do not know this customer any more.' };
  const reached = whom(input, debtor);
  if ('rule' in reached) return reached;
  const { step } = next;
  return {
    customerId: position.customerId,
    currency: position.currency,
    stepKey: step.key,
    stepNumber: stepNumberOf(policy, step.key),
    stepName: step.name,
    step,
    policyVersion,
    style: styleUnder(law, wantedStyle(step.sender, debtor)).style,
    ...reached,
    occasion: next.occasion,
    askMinor: next.askMinor,
    plannedFor: next.at,
    invoices: touchInvoices(next),
    needsPerson: step.needsPerson,
  };
}

/** The head of the business writes as themselves (P10); the service is what the step or else the brand asks for. */
function wantedStyle(sender: Due['step']['sender'], debtor: Debtor): 'own' | 'service' {
  if (sender === 'owner') return 'own';
  return sender === 'service' ? 'service' : debtor.wantedStyle;
}

/** Whom the step reaches in its channel, or why it can't. */
function whom({ next, position, refused }: DraftInput, debtor: Debtor): Reached | Reason {
  const nobody = { recipientEmail: '', recipientAddress: null, recipientPhone: null };
  const person = debtor.contacts.find((contact) => contact.forInvoices)?.name || debtor.name;
  // whoever calls can look a number up
  if (next.step.channel === 'call') return { ...nobody, recipientName: person, recipientPhone: debtor.phone };
  if (next.step.channel === 'letter')
    return debtor.addressLines.length === 0
      ? {
          rule: 'S9',
          words: 'There is no postal address for the letter. Add one in the ledger, or skip the step.',
        }
      : { ...nobody, recipientName: debtor.name, recipientAddress: debtor.addressLines.join('\n') };
  const lines = next.advances.length > 0 ? next.advances.map(({ line }) => line) : next.listed;
  const oldestFirst = [...lines].sort((a, b) => b.daysLate - a.daysLate);
  const recipient = recipientOf(
    debtor,
    oldestFirst.map((line) => debtor.invoiceEmails.get(line.invoiceId) ?? []),
  );
  if (recipient === null)
    return { rule: 'S9', words: 'There is no usable e-mail address. Add one in the ledger.' };
  if (refused.has(`${position.customerId} ${recipient.email}`))
    return {
      rule: 'S9',
      words: `The last message to ${recipient.email} was refused or could not be handed over. The step stays open.`,
    };
  return { ...nobody, recipientName: recipient.name, recipientEmail: recipient.email };
}
