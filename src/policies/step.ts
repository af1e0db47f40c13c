/** How a step reaches the customer. `call`: a person's task; `letter`: printed and posted by a person or a printer. */
export const channels = ['email', 'letter', 'call', 'statement'] as const;
export type Channel = (typeof channels)[number];

/**
 * How strict a step is, mildest first. Wording, grouping and the order of steps go by it: whoever has been through a
 * stage in one sequence never hears a milder one after a change to another sequence.
 */
export const stages = ['courtesy', 'first', 'second', 'third', 'final'] as const;
export type Stage = (typeof stages)[number];

/** Who signs: a person of the business, its head (P10), or the service acting for it (P12). */
export const senders = ['bookkeeper', 'owner', 'service'] as const;
export type Sender = (typeof senders)[number];

export type DebtorType = 'business' | 'sole_trader' | 'consumer' | 'unknown';

/** Whom a step reaches besides the billing contact. */
export interface StepRecipients {
  /** Further contacts of the customer that the ledger marks for invoices (CON-04). */
  readonly contacts: boolean;
  /** P11: the customer's escalation contact is copied in; a call is to them. */
  readonly escalation: boolean;
  /** P9: whoever owns the relationship hears of it before it goes out. */
  readonly informSales: boolean;
}

/** When a step is for a customer at all. A condition that is not met passes the step over, with the reason. */
export interface StepConditions {
  /** Keys of segments; null: every segment. */
  readonly segments: readonly string[] | null;
  /** What must be asked for at least, in minor units by currency; a currency that is not in it has no minimum. */
  readonly minimum: Readonly<Record<string, number>>;
  readonly debtorTypes: readonly DebtorType[] | null;
  /** The step waits until so many calendar days have passed since the last payment; null: R5 alone. */
  readonly daysSincePayment: number | null;
}

export interface Step {
  /** Unique within its sequence and never given to another step; history is kept under it. */
  readonly key: string;
  /** For people: "second reminder". */
  readonly name: string;
  /** Days after the due date; below zero: before it (P28). */
  readonly offsetDays: number;
  readonly offsetUnit: 'calendar' | 'business';
  readonly channel: Channel;
  readonly stage: Stage;
  /** Key of the wording (messages/wording). */
  readonly template: string;
  readonly sender: Sender;
  readonly recipients: StepRecipients;
  /** S4: final notices and letters of claim always need a person, whatever the mode. */
  readonly needsPerson: boolean;
  /** How many calendar days the reader is given from the day of sending. */
  readonly payWithinDays: number;
  readonly conditions: StepConditions;
  /** P8: key of an approved consequence of the company's catalogue that the step announces; null: none. */
  readonly consequence: string | null;
  /**
   * Calls and letters are done by people: after so many business days a task that nobody did is passed over, with that
   * as its reason, and the sequence goes on; null: it waits as long as it takes.
   */
  readonly waitsBusinessDays: number | null;
  /** SEQ-08, last step only: again every so many calendar days, so many times more; null: once. */
  readonly repeat: { readonly everyDays: number; readonly most: number } | null;
}

/** A plain e-mail reminder by the bookkeeper; presets and tests say what is different. */
export function step(some: Pick<Step, 'key' | 'name' | 'offsetDays' | 'stage'> & Partial<Step>): Step {
  return {
    offsetUnit: 'calendar',
    channel: 'email',
    template: some.stage,
    sender: 'bookkeeper',
    recipients: { contacts: false, escalation: false, informSales: false },
    needsPerson: some.stage === 'final',
    payWithinDays: 7,
    conditions: { segments: null, minimum: {}, debtorTypes: null, daysSincePayment: null },
    consequence: null,
    waitsBusinessDays: some.channel === 'call' ? 5 : null,
    repeat: null,
    ...some,
  };
}
