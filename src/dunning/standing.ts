import type { Policy } from '../policies/policy.ts';
import type { Stage, Step } from '../policies/step.ts';
import { rankOf } from './stage.ts';
import { AUTOPILOT, openStates } from './touch-state.ts';
import { stepOf } from './touch-step.ts';

/** A touch of a case that is planned, waits or is released: the case is inside its step (S6, SEQ-17). */
export interface Standing {
  readonly touchId: string;
  /** It is released, and by nobody: an e-mail leaves by itself. */
  readonly byItself: boolean;
  /** It is on somebody's list (S3). */
  readonly inHand: boolean;
  /** As it was planned. */
  readonly step: Step;
  /** The version of the policy that it was planned under; null: not known any more. */
  readonly policyVersion: number | null;
  /** A person lets it go at once: the company's own hours do not hold it back, the law's do. */
  readonly atOnce: boolean;
  /** Which invoices go through which step with it, by invoice. */
  readonly invoices: ReadonlyMap<string, { readonly stepKey: string; readonly stage: Stage | null }>;
}

/** A touch that has not left, as far as it tells that. */
export interface OpenTouch {
  readonly touch_id: string;
  readonly approved_by: string | null;
  readonly printed_at: Date | null;
  readonly channel: string;
  readonly customer_id: string;
  readonly currency: string;
  readonly state: string;
  readonly step: unknown;
  readonly step_key: string;
  readonly policy_version: number | null;
  readonly sent_now_by: string | null;
  readonly resend_of: string | null;
  readonly invoices: readonly {
    readonly invoiceId: string;
    readonly stepKey: string;
    readonly stage: Stage | null;
  }[];
}

/** Touches whose case is inside their step: a preview is nothing that anybody was promised, and follows every change. */
const standingStates: ReadonlySet<string> = new Set(openStates.filter((state) => state !== 'planned'));

/** Of these open touches the one of each case that waits for a person or is released, asked by customer and currency. */
export function standingOf(
  touches: readonly OpenTouch[],
): (customerId: string, currency: string) => Standing | null {
  const found = new Map<string, Standing>();
  for (const touch of touches) {
    const advancing = touch.invoices.filter(({ stepKey }) => stepKey !== 'listed');
    if (!standingStates.has(touch.state) || touch.resend_of !== null || advancing.length === 0) continue;
    found.set(`${touch.customer_id} ${touch.currency}`, {
      touchId: touch.touch_id,
      byItself: touch.state === 'approved' && touch.approved_by === AUTOPILOT,
      inHand: isInHand(touch),
      step: stepOf(touch),
      policyVersion: touch.policy_version,
      atOnce: touch.sent_now_by !== null,
      invoices: new Map(advancing.map(({ invoiceId, stepKey, stage }) => [invoiceId, { stepKey, stage }])),
    });
  }
  return (customerId, currency) => found.get(`${customerId} ${currency}`) ?? null;
}

/** A call or a letter that is released, and not in the post: a person does it at any moment from its time on. */
export function isInHand(touch: Pick<OpenTouch, 'state' | 'channel' | 'printed_at'>): boolean {
  const { state, channel, printed_at: printedAt } = touch;
  return state === 'approved' && (channel === 'call' || channel === 'letter') && printedAt === null;
}

/**
 * S3: in which order a customer's currencies are decided, as only one has the day: what is on somebody's list goes before
 * what is not written down yet.
 */
export function inTurn<T extends { readonly customerId: string; readonly currency: string }>(
  positions: readonly T[],
  standing: (customerId: string, currency: string) => Standing | null,
): readonly T[] {
  const first = positions.filter((of) => standing(of.customerId, of.currency)?.inHand === true);
  if (first.length === 0) return positions;
  const ahead = new Set(first);
  return [...first, ...positions.filter((of) => !ahead.has(of))];
}

/**
 * SEQ-17, S6: the step that an invoice is inside of, as it was when it was planned, whatever became of the sequence
 * since; null: it is inside none.
 */
export function standingStep(
  standing: Standing | null,
  invoiceId: string,
  policy: Pick<Policy, 'steps'>,
): Step | null {
  const own = standing?.invoices.get(invoiceId);
  if (standing == null || own === undefined) return null;
  if (own.stepKey === standing.step.key) return standing.step;
  const step = policy.steps.find((other) => other.key === own.stepKey);
  // a milder step of the same message, of which only the key is kept and which the sequence has lost
  if (step !== undefined && rankOf(step.stage) <= rankOf(standing.step.stage)) return step;
  return { ...standing.step, key: own.stepKey, stage: own.stage ?? standing.step.stage };
}
