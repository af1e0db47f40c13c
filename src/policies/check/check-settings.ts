import { parseDay } from '../../domain/day.ts';
import { MOST_PROMISE_GRACE } from '../../receivables/agreements/agreement.ts';
import type { LateFee, PolicySettings, Statement } from '../policy.ts';
import { checkAmounts, MOST_MINIMUM_MINOR } from './check-amounts.ts';
import { checkSendDays, checkWindow } from './check-window.ts';
import type { Findings } from './findings.ts';

/**
 * What a company, a segment or a customer says for itself; only what is said is looked at. `sequences` are the keys
 * that the document has.
 */
export function checkSettings(
  found: Findings,
  settings: Partial<PolicySettings>,
  sequences: readonly string[],
): void {
  const { sequence, window, sendDays, statement, lateFee } = settings;
  if (typeof sequence === 'string' && !sequences.includes(sequence))
    found
      .at('sequence')
      .refuse(`There is no sequence “${sequence.slice(0, 40)}”.`, 'Choose one of the policy, or none.');
  if (window !== undefined) checkWindow(found.at('window'), window);
  if (sendDays !== undefined) checkSendDays(found.at('sendDays'), sendDays);
  checkSpacing(found, settings);
  if (settings.minimumBalance !== undefined)
    checkAmounts(found.at('minimumBalance'), settings.minimumBalance, MOST_MINIMUM_MINOR);
  if (settings.worthACall !== undefined) checkAmounts(found.at('worthACall'), settings.worthACall);
  if (settings.worthALetter !== undefined) checkAmounts(found.at('worthALetter'), settings.worthALetter);
  if (statement !== undefined) checkStatement(found.at('statement'), statement);
  if (lateFee !== undefined && lateFee !== null) checkLateFee(found.at('lateFee'), lateFee);
}

/** Business days; the sequencer looks back as far (LOOK_BACK_DAYS, held together by a test). */
export const MOST_GAP = 30;
/** Longer than this a customer would never hear anything again. */
const MOST_REST = 60;

function checkSpacing(found: Findings, settings: Partial<PolicySettings>): void {
  const { minGapBusinessDays: gap, caps } = settings;
  if (gap !== undefined && found.at('minGapBusinessDays').whole('The gap', gap, 1, MOST_GAP) && gap < 3)
    found
      .at('minGapBusinessDays')
      .warn('Three business days between two contacts are kept anyway.', 'Set three or more.');
  const rest = settings.restAfterPaymentBusinessDays;
  if (rest !== undefined)
    found.at('restAfterPaymentBusinessDays').whole('The rest after a payment', rest, 0, MOST_REST);
  const grace = settings.promiseGraceBusinessDays;
  if (grace !== undefined)
    found.at('promiseGraceBusinessDays').whole('The grace of a promise', grace, 0, MOST_PROMISE_GRACE);
  if (caps === undefined) return;
  const weekFits = found.at('caps', 'perWeek').whole('The most contacts in 7 days', caps.perWeek, 1, 7);
  const monthFits = found.at('caps', 'perMonth').whole('The most contacts in 30 days', caps.perMonth, 1, 30);
  if (weekFits && monthFits && caps.perMonth < caps.perWeek)
    found
      .at('caps', 'perMonth')
      .refuse(
        `${caps.perMonth} contacts in 30 days leave no room for ${caps.perWeek} in 7.`,
        'Allow at least as many in 30 days as in 7.',
      );
}

function checkStatement(found: Findings, { businessDay }: Statement): void {
  found.at('businessDay').whole('The business day of the statement', businessDay, 1, 20);
}

/** Percent a year in hundredths: more than 24 % is refused, more than 18 % must be known (email-and-law 3.2). */
const MOST_RATE_BP = 2_400;
const USUAL_RATE_BP = 1_800;

/** D10: nothing is said of a fee unless signed terms, or the law, say so, and a person stands for it. */
function checkLateFee(found: Findings, fee: LateFee): void {
  found.at('graceDays').whole('The days before a fee', fee.graceDays, 0, 90);
  const rate = found.at('yearlyRateBp');
  if (fee.kind === 'statutory' && fee.yearlyRateBp !== null)
    rate.refuse('Statutory interest has the rate of the law.', 'Leave the rate empty, or choose your terms.');
  if (fee.kind === 'contract') checkRate(rate, fee.yearlyRateBp);
  if (fee.attestedBy === null || fee.attestedBy.trim() === '')
    found
      .at('attestedBy')
      .refuse(
        'Nobody has stated that the customers’ terms allow a fee.',
        'Tick “Our terms, agreed before the work, say so”, or take the fee out.',
      );
  else found.at('attestedBy').name('Whoever stated it', fee.attestedBy, 200);
  if (fee.attestedOn === null || parseDay(fee.attestedOn) === null)
    found.at('attestedOn').refuse('It is not known when that was stated.', 'Give the day as YYYY-MM-DD.');
}

function checkRate(found: Findings, rateBp: number | null): void {
  if (rateBp === null) {
    found.refuse('A fee by your terms needs its rate.', 'Give the yearly rate that your terms name.');
    return;
  }
  if (!Number.isSafeInteger(rateBp) || rateBp < 1 || rateBp > MOST_RATE_BP)
    found.refuse(
      `${rateBp / 100} % a year is not a rate that may be charged.`,
      'Give more than 0 and at most 24 % a year.',
    );
  else if (rateBp > USUAL_RATE_BP)
    found.warn(
      `${rateBp / 100} % a year is more than 18 %, and above what some states allow.`,
      'Ask your lawyer whether your terms hold.',
    );
}
