import { record } from '../activity/activity.store.ts';
import { type CompanyRow, getCompany } from '../companies/company.store.ts';
import { markPlanDue } from '../companies/plan-due.store.ts';
import { addDays, type Day, dayAt, formatDay, instantAt, parseDay } from '../domain/day.ts';
import { localeOf } from '../domain/locale.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { addJob } from '../platform/jobs.ts';
import { type WantedDay, whyClosed } from './closed.ts';
import { calendarOf, placeOf, zonesOf } from './decide.ts';
import { type DecidedNow, decideOne, movedTo } from './decide-one.store.ts';
import { lockStanding } from './lock-touch.store.ts';
import type { NextStep } from './next-step.ts';
import type { TouchRow } from './touch.store.ts';
import { type Gate, nextOpening } from './windows.ts';

type Due = Extract<NextStep, { kind: 'step' }>;

/** A day beyond is a slip of the pen; whoever wants to wait longer sets a hold. */
const FARTHEST_DAYS = 90;

export interface WantedTime {
  /** `YYYY-MM-DD`, in the customer's own zone. */
  readonly on: string;
  /** `HH:MM`, in the customer's own zone; empty or absent: as soon as that day allows. */
  readonly time?: string | null | undefined;
}

/**
 * Moves a touch that stands to another day or time, and whatever is planned in its place: the case keeps the time
 * until it has passed. Only to a time that the rules allow, never earlier (S1, S3, the law's windows). Returns the
 * instant. Throws UserError bad_input (field `on` or `time`), not_found, or conflict with the rule that is against it.
 */
export async function rescheduleTouch(
  tx: Tx,
  companyId: string,
  touchId: string,
  wanted: WantedTime,
  by: string,
  now: Date,
): Promise<Date> {
  const touch = await lockStanding(tx, companyId, touchId);
  if (touch.resend_of !== null)
    throw new UserError('conflict', 'A repetition leaves as soon as it may.', 'Take it back instead.');
  const company = await getCompany(tx, companyId);
  const zone = await zoneOf(tx, company, touch.customer_id);
  const wish = wishOf(wanted, dayAt(now, zone));
  const from = instantAt(wish.on, wish.time ?? '00:00', zone);
  if (wish.time !== null && from <= now)
    throw new UserError('bad_input', 'That time has passed.', 'Choose a later time, or send it now.', 'time');
  const of = { customerId: touch.customer_id, currency: touch.currency };
  const moved = await decideOne(tx, company, of, now, (known) => movedTo(known, { at: from, by }));
  const next = moved?.next;
  if (moved === null || next?.kind !== 'step') throw notDue(next);
  const meets = wish.time === null ? dayAt(next.at, zone) === wish.on : next.at.getTime() === from.getTime();
  if (!meets) {
    const at = from > now ? from : now;
    throw notThen(moved, next, { on: wish.on, at, anyHour: wish.time === null }, { company, zone });
  }
  await moveTo(tx, company, touch, { at: next.at, zone, by }, now);
  return next.at;
}

async function zoneOf(tx: Tx, company: CompanyRow, customerId: string): Promise<string> {
  const customer = await tx
    .selectFrom('customer')
    .select(['country', 'region'])
    .where('company_id', '=', company.company_id)
    .where('customer_id', '=', customerId)
    .executeTakeFirst();
  return calendarOf(company, customer).timeZone;
}

/** `time` null: the person left it to us. */
function wishOf(wanted: WantedTime, today: Day): { readonly on: Day; readonly time: string | null } {
  const on = parseDay(wanted.on.trim());
  const refuse = (what: string, action: string, field: string): never => {
    throw new UserError('bad_input', what, action, field);
  };
  if (on === null)
    return refuse(
      'That is not a day.',
      'Choose a day that exists, from the calendar or as YYYY-MM-DD.',
      'on',
    );
  if (on < today) return refuse('That day has passed.', 'Choose today or a later day.', 'on');
  if (on > addDays(today, FARTHEST_DAYS))
    return refuse(
      `That is more than ${FARTHEST_DAYS} days ahead.`,
      'Choose an earlier day, or pause the customer.',
      'on',
    );
  const time = (wanted.time ?? '').trim();
  if (time !== '' && !/^([01]\d|2[0-3]):[0-5]\d$/.test(time))
    return refuse('That is not a time of day.', 'Write it as 09:30, or leave it empty.', 'time');
  return { on, time: time === '' ? null : time };
}

function notDue(next: NextStep | undefined): UserError {
  const why = next?.reasons[0]?.words ?? 'Nothing is past due any more.';
  return new UserError('conflict', `There is nothing to move. ${why}`, 'Load the page again.');
}

/** Names what stands in the way, and the next time that is allowed. */
function notThen(
  decided: DecidedNow,
  next: Due,
  wanted: WantedDay,
  { company, zone }: { readonly company: CompanyRow; readonly zone: string },
): UserError {
  const { known } = decided;
  const { customerId } = decided.position;
  const [debtor, locale] = [known.debtors.get(customerId), localeOf(company.country)];
  const law = known.lawOf(customerId, dayAt(known.now, company.time_zone));
  const gate: Gate = {
    channel: next.step.channel,
    policy: known.policyOf(customerId),
    law,
    calendar: calendarOf(company, debtor),
    zones: zonesOf(company, debtor, law),
  };
  const closed = whyClosed(wanted, gate, placeOf(company, debtor), locale);
  const opens = nextOpening(wanted.at, gate);
  // what else its time rests on matters where the hours alone would let it go earlier
  const later = closed.length === 0 || (opens instanceof Date && next.at > opens);
  const rest = later ? bindingWords(next) : [];
  const hours = 'Nothing leaves outside the hours and business days set for them';
  const against = closed.map(({ words }) => words).join(' ');
  const why = [
    ...(closed.length > 0 ? [`${hours}. ${against}`] : rest.length === 0 ? [`${hours}.`] : []),
    ...rest,
  ];
  return new UserError(
    'bad_input',
    `It may not leave then. ${why.join(' ')}`,
    `The next time that is allowed is ${timeOf(next.at, zone, locale)} their time.`,
    wanted.anyHour || closed.some(({ what }) => what === 'day') ? 'on' : 'time',
  );
}

/** The first reason says which step it is, S4 that it is moved; the others say what its time rests on. */
function bindingWords({ reasons }: Due): readonly string[] {
  return reasons
    .slice(1)
    .filter(({ rule }) => rule !== 'S4')
    .map(({ words }) => words);
}

function timeOf(at: Date, zone: string, locale: string): string {
  const clock = Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' });
  return `${formatDay(dayAt(at, zone), locale, true)}, ${clock}`;
}

async function moveTo(
  tx: Tx,
  company: CompanyRow,
  touch: TouchRow,
  to: { readonly at: Date; readonly zone: string; readonly by: string },
  now: Date,
): Promise<void> {
  const companyId = company.company_id;
  await tx
    .updateTable('dunning_case')
    .set({ not_before: to.at, not_before_by: to.by })
    .where('company_id', '=', companyId)
    .where('case_id', '=', touch.case_id)
    .execute();
  await tx
    .updateTable('touch')
    .set({ planned_for: to.at, sent_now_by: null })
    .where('company_id', '=', companyId)
    .where('touch_id', '=', touch.touch_id)
    .execute();
  await record(tx, companyId, now, [
    {
      kind: 'touch_moved',
      actor: to.by,
      summary: `Moved to ${timeOf(to.at, to.zone, localeOf(company.country))}, in the time of ${touch.recipient_name}.`,
      customerId: touch.customer_id,
      caseId: touch.case_id,
      touchId: touch.touch_id,
      data: { from: touch.planned_for.toISOString(), to: to.at.toISOString() },
    },
  ]);
  await markPlanDue(tx, companyId, [touch.customer_id]);
  await addJob(tx, 'plan', { companyId });
}
