import type { Day } from '../domain/day.ts';
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
import { type Callable, type CallableOf, numberWords } from './wrong-number.ts';

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
  /** `customer address` of messages that were refused lately, with the day on which they are tried again (S9). */
  readonly refused: ReadonlyMap<string, Day>;
  /** S9: where calls to the debtor go. */
  readonly callable: CallableOf;
  /** In the company's zone. */
  readonly today: Day;
}

/** The address that a letter, or an e-mail about these invoices, needs. */
export type Missing = 'postal_address' | 'email_address';

/** Nobody can be reached, and why; until a day of the company's zone, or until the books change (null). */
export interface Unreached {
  readonly reason: Reason;
  readonly lookAgainOn: Day | null;
  /** What of the books is missing to reach them: a task for a person, better before its day; null: nothing is. */
  readonly missing: Missing | null;
}

const noPostalAddressWords =
  'There is no postal address for the letter. Add one in the ledger; the step stays open until then.';

type Reached = Pick<NewTouch, 'recipientName' | 'recipientEmail' | 'recipientAddress' | 'recipientPhone'>;

/** The touch of a step; or why there is none although the step is due: then the step stays open (S9). Pure. */
export function draftOf(input: DraftInput): Draft | Unreached {
  const { position, next, debtor, policy, law, policyVersion } = input;
  if (debtor === undefined)
    return unreached({ rule: 'R16', words: 'The books do not know this customer any more.' });
  const reached = whom(input, debtor);
  if ('reason' in reached) return reached;
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
function whom({ next, position, refused, callable, today }: DraftInput, debtor: Debtor): Reached | Unreached {
  const nobody = { recipientEmail: '', recipientAddress: null, recipientPhone: null };
  const person = debtor.contacts.find((contact) => contact.forInvoices)?.name || debtor.name;
  if (next.step.channel === 'call') {
    // P11: without such a contact whom an e-mail would reach without the copy; and whoever calls can look a number up
    const head = next.step.recipients.escalation ? debtor.escalation : null;
    const call = callable(head !== null);
    if ('wrong' in call) return unreached(wrongNumber(call), call.passedOverOn);
    return { ...nobody, recipientName: head?.name ?? person, recipientPhone: call.phone };
  }
  if (next.step.channel === 'letter')
    return debtor.addressLines.length === 0
      ? { ...unreached({ rule: 'S9', words: noPostalAddressWords }), missing: 'postal_address' }
      : { ...nobody, recipientName: debtor.name, recipientAddress: debtor.addressLines.join('\n') };
  const lines = next.advances.length > 0 ? next.advances.map(({ line }) => line) : next.listed;
  const oldestFirst = [...lines].sort((a, b) => b.daysLate - a.daysLate);
  const recipient = recipientOf(
    debtor,
    oldestFirst.map((line) => debtor.invoiceEmails.get(line.invoiceId) ?? []),
  );
  if (recipient === null)
    return {
      ...unreached({ rule: 'S9', words: 'There is no usable e-mail address. Add one in the ledger.' }),
      missing: 'email_address',
    };
  const until = refused.get(`${position.customerId} ${recipient.email}`);
  if (until !== undefined && until > today)
    return unreached(
      {
        rule: 'S9',
        words: `The last message to ${recipient.email} was refused or could not be handed over. The step stays open; the address is tried again on ${until}, or once the ledger has another one.`,
      },
      until,
    );
  return { ...nobody, recipientName: recipient.name, recipientEmail: recipient.email };
}

function wrongNumber({ wrong, wrongOn, passedOverOn }: Exclude<Callable, { phone: unknown }>): Reason {
  const words = `${numberWords(wrong)} was wrong on ${wrongOn}. The call waits until the books have another one; without one it is passed over on ${passedOverOn}.`;
  return { rule: 'S9', words };
}

function unreached(reason: Reason, lookAgainOn: Day | null = null): Unreached {
  return { reason, lookAgainOn, missing: null };
}
