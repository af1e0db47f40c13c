import { sql } from 'kysely';
import { addDays, type Day, dayAt, instantAt } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import { step } from '../policies/step.ts';
import { styleUnder } from '../policies/style.ts';
import { debtorHolds } from '../receivables/debtor-holds.ts';
import { recipientOf } from '../receivables/recipient.ts';
import type { OpenCase } from './case.store.ts';
import { reachedSomebody } from './contacts.store.ts';
import { calendarOf } from './decide.ts';
import type { Draft } from './draft.ts';
import { keyOf, type Planning, type StandingTouch } from './plan-read.store.ts';
import { nextOpening } from './windows.ts';

/** Of no sequence: it asks for nothing, so neither gap nor caps hold it back; one a day does (S3). */
export const thankYouStep = step({
  key: 'thank_you',
  name: 'thank-you',
  offsetDays: 0,
  stage: 'courtesy',
  template: 'thank_you',
});

/** A thank-you that nobody released for so long comes too late. */
const MOST_DAYS = 7;

interface Settled {
  readonly case_id: string;
  readonly invoice_id: string;
}

/**
 * The thank-yous of cases that close as paid: where the policy wants one, for cases of which at least one message was
 * sent, about what it named and what is settled, once a case; to nobody who is held.
 */
export async function thankYousOf(
  tx: Tx,
  planning: Planning,
  paid: readonly OpenCase[],
): Promise<readonly { readonly draft: Draft; readonly case: OpenCase }[]> {
  const wanted = paid.filter(({ customerId }) => {
    const { thankYou, paused } = planning.known.policyOf(customerId);
    // S6: what is paused sends nothing
    return thankYou && paused === null;
  });
  if (wanted.length === 0) return [];
  const companyId = planning.company.company_id;
  const { rows } = await sql<Settled>`
    select distinct t.case_id, i.invoice_id
    from touch t join touch_invoice ti on ti.company_id = t.company_id and ti.touch_id = t.touch_id
    join invoice i on i.company_id = ti.company_id and i.invoice_id = ti.invoice_id
    where t.company_id = ${companyId} and t.case_id = any(${wanted.map((of) => of.caseId)}::uuid[]) and t.state = 'sent'
      and ${reachedSomebody} and i.open_minor = 0 and i.status in ('open', 'closed')
      and not exists (select from touch o where o.company_id = t.company_id and o.case_id = t.case_id
        and o.step_key = ${thankYouStep.key} and o.state not in ('cancelled', 'failed'))`.execute(tx);
  const settled = Map.groupBy(rows, (row) => row.case_id);
  const holds = debtorHolds(planning.input, wanted);
  return wanted.flatMap((of) => {
    const about = settled.get(of.caseId) ?? [];
    if (about.length === 0 || (holds.get(keyOf(of)) ?? []).length > 0) return [];
    const draft = draftOf(planning, of, about);
    return draft === null ? [] : [{ draft, case: of }];
  });
}

/** Why thank-yous that stand may not leave any more, by touch; one that is not in it may. */
export async function whyNoThanks(
  tx: Tx,
  planning: Planning,
  standing: readonly StandingTouch[],
): Promise<ReadonlyMap<string, string>> {
  if (standing.length === 0) return new Map();
  const { company } = planning;
  const holds = debtorHolds(planning.input, standing.map(caseOf));
  const { rows } = await sql<{ touch_id: string }>`
    select distinct ti.touch_id from touch_invoice ti
    join invoice i on i.company_id = ti.company_id and i.invoice_id = ti.invoice_id
    where ti.company_id = ${company.company_id} and ti.touch_id = any(${standing.map((touch) => touch.touch_id)}::uuid[])
      and (i.open_minor <> 0 or i.status not in ('open', 'closed'))`.execute(tx);
  const owed = new Set(rows.map((row) => row.touch_id));
  return new Map(
    standing.flatMap((touch) => {
      const why = owed.has(touch.touch_id) ? 'it is not paid after all.' : whyNot(planning, holds, touch);
      return why === null ? [] : [[touch.touch_id, why] as const];
    }),
  );
}

function whyNot(
  { company, known, today }: Planning,
  holds: ReturnType<typeof debtorHolds>,
  touch: StandingTouch,
): string | null {
  const { customer_id: customerId } = touch;
  if ((holds.get(keyOf(caseOf(touch))) ?? []).length > 0) return 'the customer is held.';
  if (known.policyOf(customerId).paused !== null) return 'reminders are paused.';
  const against = known.lawOf(customerId, today).blocked.find(({ what }) => what === 'email');
  if (against !== undefined) return against.rule.words;
  const late = addDays(dayAt(touch.created_at, company.time_zone), MOST_DAYS) <= today;
  return late ? `a thank-you after ${MOST_DAYS} days is none.` : null;
}

function draftOf(planning: Planning, of: OpenCase, about: readonly Settled[]): Draft | null {
  const { company, known, now, today } = planning;
  const debtor = known.debtors.get(of.customerId);
  if (debtor === undefined) return null;
  const reached = recipientOf(debtor, []);
  if (reached === null || known.refused.has(`${of.customerId} ${reached.email}`)) return null;
  const policy = known.policyOf(of.customerId);
  const law = known.lawOf(of.customerId, today);
  if (law.blocked.some(({ what }) => what === 'email')) return null;
  const calendar = calendarOf(company, debtor);
  const gate = { channel: thankYouStep.channel, policy, law, calendar, zones: [calendar.timeZone] };
  const at = nextOpening(earliestOf(planning, of), gate);
  if (!(at instanceof Date)) return null;
  return {
    customerId: of.customerId,
    currency: of.currency,
    stepKey: thankYouStep.key,
    stepNumber: 0,
    stepName: thankYouStep.name,
    step: thankYouStep,
    policyVersion: policy.version,
    style: styleUnder(law, debtor.wantedStyle).style,
    recipientName: reached.name,
    recipientEmail: reached.email,
    recipientAddress: null,
    recipientPhone: null,
    occasion: 'paid',
    askMinor: 0,
    plannedFor: at > now ? at : now,
    // settled, so none of them is at a step; they are what it is about, and where its note goes
    invoices: about.map(({ invoice_id: invoiceId }) => ({
      invoiceId,
      stepKey: 'listed',
      stage: null,
      openMinor: 0,
      daysLate: 0,
    })),
    needsPerson: false,
  };
}

/** Not on a day on which something was said already. */
function earliestOf({ company, known, now, today }: Planning, { customerId, currency }: OpenCase): Date {
  const members = known.membersOf.get(customerId) ?? [customerId];
  const last = known.historyOf(customerId, currency, members).contacts.at(-1)?.on;
  return last === today ? instantAt(addDays(today as Day, 1), '00:00', company.time_zone) : now;
}

function caseOf({ customer_id: customerId, currency }: StandingTouch): {
  readonly customerId: string;
  readonly currency: string;
} {
  return { customerId, currency };
}
