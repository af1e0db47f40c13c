import { addDays, type Day } from '../domain/day.ts';
import type { Instalment } from '../receivables/agreements/agreement.ts';
import { type InstalmentProgress, planProgress } from '../receivables/agreements/plan-progress.ts';

/** A plan that lives (R11), as far as its instalments are reminded of. Minor units of its currency. */
export interface PaymentPlan {
  readonly planId: string;
  /** In the order of their days. */
  readonly instalments: readonly Instalment[];
  /** What was open on its invoices when it was agreed. */
  readonly debtMinor: number;
  /** What came in for it, by the books. */
  readonly receivedMinor: number;
  readonly invoiceIds: ReadonlySet<string>;
  /** The highest instalment that was reminded of, or passed over by a person; 0: none. */
  readonly remindedThrough: number;
}

/** A plan that was breached, and of which no e-mail that asks for its invoices has spoken yet. */
export interface EndedPlan {
  readonly endedOn: Day;
  readonly invoiceIds: ReadonlySet<string>;
}

/** The payment plans of a customer in a currency. */
export interface Plans {
  readonly live: readonly PaymentPlan[];
  readonly ended: readonly EndedPlan[];
}

export const noPlans: Plans = { live: [], ended: [] };

type Progress = Pick<PaymentPlan, 'instalments' | 'receivedMinor'>;

/** The instalments that the books do not cover yet, oldest first, whatever their day. */
export function shortOf({ instalments, receivedMinor }: Progress): readonly InstalmentProgress[] {
  const [first] = instalments;
  if (first === undefined) return [];
  // what reached each of them does not depend on the day
  return planProgress(instalments, receivedMinor, first.dueOn).filter(
    ({ paidMinor, amountMinor }) => paidMinor < amountMinor,
  );
}

/** The first day on which the plan has ended if nothing more comes in; null: nothing is short. */
export function endsOn(plan: Progress): Day | null {
  const [oldest] = shortOf(plan);
  return oldest === undefined ? null : addDays(oldest.graceUntil, 1);
}

/**
 * What makes the reminder of an instalment unique besides its case (S8). One that asks for several is that of the latest:
 * the earlier ones are reminded of with it.
 */
export function occasionOf(planId: string, number: number): string {
  return `plan ${planId} ${number}`;
}

/** Plan and instalment of an occasion, wherever in the text it stands; null: it is none. */
export function readOccasion(text: string): { readonly planId: string; readonly number: number } | null {
  const found = /(?:^|#)plan (\S+) (\d+)$/.exec(text);
  return found === null ? null : { planId: found[1] ?? '', number: Number(found[2]) };
}

/** What was said to a customer on a day, as far as plans depend on it. */
interface Told {
  readonly day: Day;
  readonly channel: string;
  readonly occasion: string | null;
  /** Those that went through a step with it. */
  readonly invoiceIds: readonly string[];
}

/** The plans on a later day, once this was said and if nothing more came in: a plan that is short then has ended. */
export function plansThen({ live, ended }: Plans, told: readonly Told[], day: Day): Plans {
  const over = live.flatMap((plan) => {
    const endedOn = endsOn(plan);
    return endedOn === null || endedOn > day ? [] : [{ endedOn, invoiceIds: plan.invoiceIds, plan }];
  });
  const isOver = new Set(over.map(({ plan }) => plan));
  return {
    live: live.filter((plan) => !isOver.has(plan)).map((plan) => remindedOf(plan, told)),
    ended: [...ended, ...over.map(({ endedOn, invoiceIds }) => ({ endedOn, invoiceIds }))].filter(
      (plan) => !told.some((each) => speaksOf(each, plan)),
    ),
  };
}

function remindedOf(plan: PaymentPlan, told: readonly Told[]): PaymentPlan {
  const numbers = told.flatMap(({ occasion }) => {
    const found = readOccasion(occasion ?? '');
    return found?.planId === plan.planId ? [found.number] : [];
  });
  return { ...plan, remindedThrough: Math.max(plan.remindedThrough, ...numbers) };
}

function speaksOf({ day, channel, invoiceIds }: Told, plan: EndedPlan): boolean {
  return channel === 'email' && day >= plan.endedOn && invoiceIds.some((id) => plan.invoiceIds.has(id));
}
