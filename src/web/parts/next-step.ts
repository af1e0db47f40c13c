import { localeOf } from '../../domain/locale.ts';
import { debtorZone } from '../../policies/debtor-zone.ts';
import { capital, stepWords, timeWords } from '../words.ts';

/** A touch that has not left yet, as far as a sentence needs it. */
export interface OpenTouch {
  readonly touchId: string;
  readonly state: string;
  readonly stepKey: string;
  /** As it was planned; absent: by its key. */
  readonly stepName?: string;
  /** Absent: an e-mail. */
  readonly channel?: string;
  readonly plannedFor: Date;
}

/** The last decision, as far as a sentence needs it. */
export interface LastDecision {
  readonly verdict: string;
  readonly stepKey: string | null;
  /** As the policy that decided calls it; absent or null: by its key. */
  readonly stepName?: string | null;
  readonly nextAt: Date | null;
  readonly decidedAt: Date;
  /** Absent: not known; the first one settled it. */
  readonly reasons?: readonly { readonly rule: string }[];
}

/** The last touch that left, as far as a sentence needs it. */
export interface LastSent {
  /** As it was planned. */
  readonly stepName: string;
  /** Absent: an e-mail. */
  readonly channel?: string;
  readonly sentAt: Date;
}

export interface NextStep {
  readonly words: string;
  /** When, in words; null when no time is set. */
  readonly when: string | null;
  /** Whether a reminder is going to leave without anything more happening. */
  readonly goes: boolean;
}

export interface ReaderZone {
  readonly zone: string;
  readonly locale: string;
  /** True when `zone` is the debtor's own and another than the company's. */
  readonly theirs?: boolean;
}

/** The zone in which a customer reads, from the address in the books; marked when it isn't the company's own. */
export function readerZone(
  customer: { readonly country: string | null; readonly region: string | null },
  company: { readonly country: string; readonly time_zone: string },
): ReaderZone {
  const zone = debtorZone(customer.country, customer.region, company.time_zone);
  return { zone, locale: localeOf(company.country), theirs: zone !== company.time_zone };
}

/**
 * What happens next with a customer, in words: from the open touch, or else from the last decision. A decision that
 * the touch it asked for has overtaken says that the touch was sent, not that it is still to come; one from before
 * everything was paid says nothing any more (`pastDue` false).
 */
export function nextStepOf(
  touch: OpenTouch | null,
  decision: LastDecision | null,
  sent: LastSent | null,
  mode: string,
  reader: ReaderZone,
  pastDue = true,
): NextStep {
  const at = (instant: Date): string =>
    timeWords(instant, reader.zone, reader.locale) + (reader.theirs === true ? ' their time' : '');
  if (touch !== null) return { ...touchStep(touch, mode), when: touchWhen(touch, at) };
  if (!pastDue) return { words: 'Nothing is past due', when: null, goes: false };
  if (decision === null) return { words: 'Not decided yet', when: null, goes: false };
  if (decision.verdict === 'touch' && sent !== null && sent.sentAt >= decision.decidedAt)
    return {
      words: `${capital(sent.stepName)} ${leftWords(sent.channel)}`,
      when: at(sent.sentAt),
      goes: false,
    };
  const when = decision.nextAt === null ? null : at(decision.nextAt);
  if (decision.verdict === 'held') return { words: 'Held: nothing is sent', when: null, goes: false };
  if (decision.verdict === 'nothing_due')
    return { words: nothingWords(decision.reasons?.[0]?.rule), when: null, goes: false };
  const step =
    decision.stepKey === null ? 'Next look' : capital(decision.stepName ?? stepWords(decision.stepKey));
  return { words: step, when, goes: decision.stepKey !== null && mode !== 'preview' };
}

/** Why nothing is sent although something may be owed, by the rule that settled it. */
export function nothingWords(rule: string | undefined): string {
  if (rule === 'S1') return 'All steps are done: a person decides';
  if (rule === 'R10') return 'Everything is held: nothing is sent';
  return rule === 'R4' ? 'Nothing to ask for: credit covers it' : 'Nothing to ask for';
}

function touchStep(touch: OpenTouch, mode: string): { words: string; goes: boolean } {
  const step = capital(touch.stepName ?? stepWords(touch.stepKey));
  if (mode === 'preview') return { words: `${step} (preview)`, goes: false };
  if (touch.state === 'awaiting_approval') return { words: `${step}, waits for your approval`, goes: false };
  if (touch.state === 'uncertain')
    return { words: `${step}: we are finding out whether it left`, goes: false };
  if (touch.state === 'reserved') return { words: `${step}, leaving now`, goes: true };
  if (touch.channel === 'call' || touch.channel === 'letter') return { words: `${step}, to do`, goes: false };
  return { words: step, goes: true };
}

function leftWords(channel = 'email'): string {
  if (channel === 'call') return 'done';
  return channel === 'letter' ? 'posted' : 'sent';
}

function touchWhen(touch: OpenTouch, at: (instant: Date) => string): string | null {
  return touch.state === 'uncertain' || touch.state === 'reserved' ? null : at(touch.plannedFor);
}
