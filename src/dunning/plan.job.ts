import { getCompany } from '../companies/company.store.ts';
import { type Day, dayAt } from '../domain/day.ts';
import { localeOf } from '../domain/locale.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany, type Tx } from '../platform/db.ts';
import { addJob, type JobPayload } from '../platform/jobs.ts';
import type { Position } from '../receivables/position.ts';
import { readPositions } from '../receivables/read-positions.store.ts';
import {
  closeCase,
  closeWords,
  type OpenCase,
  openCase,
  openCases,
  reopenCase,
  setNextAt,
} from './case.store.ts';
import { closeReason } from './close-reason.store.ts';
import { sentPerDay } from './debtors.store.ts';
import { decide, type Known } from './decide.ts';
import { type DecisionToSave, saveDecisions } from './decision.store.ts';
import type { Draft } from './draft.ts';
import { loadKnown } from './known.store.ts';
import { underMinimum } from './minimum.ts';
import { decisionOf, isToday, type Mode, releaseOf, volumeBrake } from './plan.ts';
import { type ClosedCase, caseToReopen, closedCases } from './reopen.store.ts';
import {
  addTouch,
  cancelOpenTouch,
  moveTouch,
  type NewTouch,
  openTouches,
  postponeTouch,
  type TouchRow,
} from './touch.store.ts';
import { whyDropped } from './why-dropped.store.ts';

interface Planning extends Known {
  /** S4: what stands as a preview is too much for one day of autopilot. */
  readonly brakePreviewed: boolean;
  /** Written down together at the end. */
  readonly decisions: DecisionToSave[];
  readonly today: Day;
  /** By `customer currency`, the case closed last first; of customers who have something past due. */
  readonly closed: ReadonlyMap<string, readonly ClosedCase[]>;
}

type OpenTouch = TouchRow & { readonly invoices: NewTouch['invoices'] };

/** Stage 5: decides for every customer with something past due, opens and closes cases, writes touches down. */
export async function plan(duly: Duly, { companyId }: JobPayload): Promise<void> {
  const now = duly.clock.now();
  await inCompany(duly.db, companyId, async (tx) => {
    await planCompany(tx, companyId, now, duly);
    await addJob(tx, 'deliver', { companyId });
  });
}

/** The whole plan of a company in one transaction; also used right before sending, on figures just read (S7). */
export async function planCompany(
  tx: Tx,
  companyId: string,
  now: Date,
  duly: Pick<Duly, 'tally'>,
): Promise<void> {
  const company = await getCompany(tx, companyId);
  const open = await openTouches(tx, companyId);
  const previewed = open.filter((touch) => touch.state === 'planned').length;
  const positions = await readPositions(tx, company, now, { pastDue: true });
  const cases = new Map(
    (await openCases(tx, companyId)).map((row) => [`${row.customerId} ${row.currency}`, row]),
  );
  // whoever is past due, pursued or about to be written to: nobody else of the book is looked at
  const concerned = [
    ...new Set([
      ...positions.map((position) => position.customerId),
      ...[...cases.values()].map((row) => row.customerId),
      ...open.map((touch) => touch.customer_id),
    ]),
  ];
  const planning: Planning = {
    ...(await loadKnown(tx, company, concerned, now)),
    brakePreviewed:
      previewed > 0 &&
      volumeBrake(previewed, (await sentPerDay(tx, companyId, now, company.time_zone)).average),
    decisions: [],
    today: dayAt(now, company.time_zone),
    closed: await closedCases(
      tx,
      companyId,
      positions.map((position) => position.customerId),
    ),
  };
  const touches = Map.groupBy(open, (row) => `${row.customer_id} ${row.currency}`);
  const drafts: { draft: Draft; openCase: OpenCase }[] = [];
  for (const position of positions) {
    const key = `${position.customerId} ${position.currency}`;
    const standing = touches.get(key) ?? [];
    touches.delete(key);
    const planned = await planPosition(tx, planning, position, cases.get(key) ?? null, standing, duly);
    cases.delete(key);
    if (planned !== null) drafts.push(planned);
  }
  for (const [key, left] of cases) {
    const members = planning.membersOf.get(left.customerId) ?? [left.customerId];
    const reason = await closeReason(tx, companyId, left, members, planning.today);
    for (const standing of touches.get(key) ?? [])
      await dropTouch(tx, planning, standing, `${closeWords[reason]}.`);
    touches.delete(key);
    await closeCase(tx, companyId, left, reason, now);
  }
  for (const standing of [...touches.values()].flat())
    await dropTouch(tx, planning, standing, `${closeWords.not_due}.`);
  await saveDecisions(tx, companyId, planning.decisions);
  await writeTouches(tx, planning, drafts, duly);
}

/** Decides for one customer and currency; returns the touch to write, if one is due today and none stands yet. */
async function planPosition(
  tx: Tx,
  planning: Planning,
  position: Position,
  known: OpenCase | null,
  standing: readonly OpenTouch[],
  duly: Pick<Duly, 'tally'>,
): Promise<{ draft: Draft; openCase: OpenCase } | null> {
  const { company, policy, now, today } = planning;
  const companyId = company.company_id;
  const { next, draft } = decide(planning, position);
  const decision = decisionOf(next, position, now, company);
  planning.decisions.push({ position, decision, today, now, policyVersion: policy.version });
  if (decision.verdict === 'held') duly.tally.held += 1;
  const tooLittle = underMinimum(position, policy, localeOf(company.country));
  const openOne =
    known ?? (position.askMinor > 0 && tooLittle === null ? await openAgain(tx, planning, position) : null);
  if (openOne !== null && openOne.nextAt?.getTime() !== decision.nextAt?.getTime())
    await setNextAt(tx, companyId, openOne.caseId, decision.nextAt);
  let stands = false;
  for (const touch of standing) {
    const why = await whyDropped(tx, company, touch, draft, position, tooLittle);
    if (why === null && !stands) stands = await keepTouch(tx, planning, touch, draft);
    else await dropTouch(tx, planning, touch, why ?? 'it stood twice.');
  }
  const dueToday = draft !== null && isToday(draft.plannedFor, now, company.time_zone);
  return !dueToday || stands || openOne === null ? null : { draft, openCase: openOne };
}

/** R6: the case that these invoices had, as it was; a new one for what was never asked for. */
async function openAgain(
  tx: Tx,
  { company, closed, today, now }: Planning,
  position: Position,
): Promise<OpenCase> {
  const { company_id: companyId, time_zone: zone } = company;
  const { customerId, currency } = position;
  const earlier = closed.get(`${customerId} ${currency}`) ?? [];
  const found = await caseToReopen(tx, companyId, earlier, position, zone);
  return found === null
    ? await openCase(tx, companyId, customerId, currency, today, now)
    : await reopenCase(tx, companyId, found.closed, found.why, now);
}

async function writeTouches(
  tx: Tx,
  planning: Planning,
  drafts: readonly { draft: Draft; openCase: OpenCase }[],
  duly: Pick<Duly, 'tally'>,
): Promise<void> {
  const { company, now } = planning;
  const companyId = company.company_id;
  const { plannedToday, average } = await sentPerDay(tx, companyId, now, company.time_zone);
  const brake = volumeBrake(plannedToday + drafts.length, average);
  const busy = new Set<string>();
  for (const { draft, openCase: owner } of drafts) {
    // S3: one touch a customer a day; the other currency follows on its next day
    if (busy.has(draft.customerId)) continue;
    busy.add(draft.customerId);
    const { needsPerson, ...touch } = draft;
    const release = releaseOf({
      mode: company.mode as Mode,
      needsPerson,
      firstBatchReleased: company.first_batch_released_at !== null,
      brake,
      ledgerReminders: company.ledger_reminders_on === true,
      stepName: draft.stepName,
    });
    const written = await addTouch(
      tx,
      companyId,
      { ...touch, caseId: owner.caseId, state: release.state, stateReason: release.reason },
      now,
    );
    if (written !== null) duly.tally.planned += 1;
  }
}

/**
 * A touch that still says the truth stays: the mode may have moved it between waiting and released, and its time may
 * have moved to a later one, because the window closed or something else came first.
 */
async function keepTouch(
  tx: Tx,
  planning: Planning,
  touch: OpenTouch,
  draft: Draft | null,
): Promise<boolean> {
  const { company, policy, now } = planning;
  const step = policy.steps.find((other) => other.key === touch.step_key);
  const release = releaseOf({
    mode: company.mode as Mode,
    needsPerson: step?.needsPerson ?? true,
    firstBatchReleased: company.first_batch_released_at !== null,
    // a batch that was braked stays braked until a person released it; a preview's may be too large as well
    brake: touch.state === 'awaiting_approval' || (touch.state === 'planned' && planning.brakePreviewed),
    ledgerReminders: company.ledger_reminders_on === true,
    stepName: step?.name ?? 'message',
  });
  const releasedByPerson = touch.state === 'approved' && touch.approved_by !== AUTOPILOT;
  if (touch.state !== release.state && !(releasedByPerson && company.mode !== 'preview')) {
    await moveTouch(tx, company.company_id, touch.touch_id, release.state, {
      state_reason: release.reason,
      ...(release.state === 'approved'
        ? { approved_by: AUTOPILOT, approved_at: now }
        : { approved_by: null, approved_at: null }),
    });
  }
  if (draft !== null && draft.plannedFor > now)
    await postponeTouch(tx, company.company_id, touch.touch_id, draft.plannedFor);
  return true;
}

const AUTOPILOT = 'Duly (autopilot)';

async function dropTouch(tx: Tx, planning: Planning, touch: TouchRow, why: string): Promise<void> {
  await cancelOpenTouch(tx, planning.company.company_id, touch, why, 'Duly', planning.now);
}
