import type { CompanyRow } from '../companies/company.store.ts';
import type { Tx } from '../platform/db.ts';
import type { Step } from '../policies/step.ts';
import { addTouches } from './add-touch.store.ts';
import { closeCases, insertCases, reopenCases, setNextAts } from './case.store.ts';
import { saveDecisions } from './decision.store.ts';
import { casesOf, tellFinished, tellForbidden } from './finished.store.ts';
import { tellSales } from './heads-up.store.ts';
import { bringForward, dropTouches, postponeTouches, releaseTouches } from './move-touches.store.ts';
import { settleNumbers, tellNoAddress } from './no-address.store.ts';
import { type Release, releaseOf, rulesOf } from './plan.ts';
import { lookAgain } from './plan-due.store.ts';
import type { Planning, StandingTouch } from './plan-read.store.ts';
import type { Work } from './plan-work.store.ts';
import { tellPrinted } from './printed.store.ts';
import { AUTOPILOT } from './touch-state.ts';
import { stepOf } from './touch-step.ts';
import { pullBack, volumeOf } from './volume.store.ts';

/** Writes what was decided, a statement for each kind of change whatever their number. Returns the touches written. */
export async function writeWork(tx: Tx, planning: Planning, work: Work): Promise<number> {
  const { company, now, today } = planning;
  const { company_id: companyId } = company;
  // first, so that a touch that is planned anew finds the place of its forerunner free (S8)
  await dropTouches(tx, companyId, work.dropped, now);
  await postponeTouches(tx, companyId, work.postponed);
  await closeCases(tx, companyId, work.closed, now);
  await insertCases(tx, companyId, work.opened, today, now);
  await reopenCases(tx, companyId, work.reopened, now);
  await setNextAts(tx, companyId, work.nextAts);
  await saveDecisions(tx, companyId, work.decisions);
  await tellFinished(tx, planning, work.finished, [...work.unfinished, ...casesOf(work.forbidden)]);
  await tellForbidden(tx, planning, work.forbidden, [...work.unfinished, ...casesOf(work.finished)]);
  await tellNoAddress(tx, planning, work.unreached);
  await settleNumbers(tx, planning);
  await tellPrinted(tx, planning, work.printed);
  const written = await release(tx, planning, work);
  await lookAgain(tx, companyId, work.looks);
  return written;
}

/** S4: what stands moves as mode and brake say, what is new is written with them. */
async function release(tx: Tx, planning: Planning, work: Work): Promise<number> {
  const { company, now } = planning;
  const { company_id: companyId } = company;
  const autopilot = company.mode === 'autopilot';
  // a preview's touches are the batch of the day on which they are released
  const coming = work.drafts.length + work.kept.filter(({ touch }) => touch.state === 'planned').length;
  const brake = autopilot && coming > 0 && (await volumeOf(tx, company, now)).brakes(coming);
  if (brake) await pullBack(tx, company, now);
  await keepTouches(tx, planning, work.kept, brake);
  const touches = work.drafts.map(({ draft, case: owner }) => {
    const { needsPerson, ...touch } = draft;
    const { state, reason } = releaseOf({
      ...rulesOf(company),
      channel: draft.step.channel,
      needsPerson,
      brake,
      stepName: draft.stepName,
    });
    return { ...touch, caseId: owner.caseId, state, stateReason: reason };
  });
  const written = await addTouches(tx, companyId, touches, now);
  await tellAhead(tx, company, { written, kept: work.kept, touches }, now);
  return written.length;
}

/** P9. Asks nothing of the database while no step of these informs anybody. */
async function tellAhead(
  tx: Tx,
  company: CompanyRow,
  of: {
    readonly written: readonly string[];
    readonly kept: Work['kept'];
    readonly touches: readonly { readonly step: Step }[];
  },
  now: Date,
): Promise<void> {
  const informs = ({ recipients }: Step): boolean => recipients.informSales;
  const kept = of.kept.filter(({ touch }) => informs(stepOf(touch))).map(({ touch }) => touch.touch_id);
  const written = of.touches.some(({ step }) => informs(step)) ? of.written : [];
  await tellSales(tx, company, [...kept, ...written], now);
}

/**
 * Touches that still say the truth stay: the mode may have moved them between waiting and released, and their time may
 * have moved to a later one, because the window closed or something else came first, or back again, because that does
 * not hold any more.
 */
async function keepTouches(
  tx: Tx,
  { company, now }: Planning,
  kept: Work['kept'],
  brake: boolean,
): Promise<void> {
  const { company_id: companyId } = company;
  const moved = kept.flatMap(({ touch }) => {
    const to = newState(company, touch, brake);
    return to === null ? [] : [{ touchId: touch.touch_id, to }];
  });
  for (const some of Map.groupBy(moved, ({ to }) => `${to.state} ${to.reason}`).values()) {
    const [first] = some;
    if (first === undefined) continue;
    const ids = some.map(({ touchId }) => touchId);
    await releaseTouches(tx, companyId, ids, first.to, now);
  }
  const later = kept.flatMap(({ touch, draft }) =>
    draft !== null && draft.plannedFor > now && draft.plannedFor > touch.planned_for
      ? [{ touchId: touch.touch_id, until: draft.plannedFor }]
      : [],
  );
  await postponeTouches(tx, companyId, later);
  const earlier = kept.flatMap(({ touch, draft }) =>
    draft !== null && touch.attempts === 0 && draft.plannedFor < touch.planned_for && touch.planned_for > now
      ? [{ touchId: touch.touch_id, at: draft.plannedFor }]
      : [],
  );
  await bringForward(tx, companyId, earlier);
}

/** Where a touch that stands belongs now; null: where it is. */
function newState(company: CompanyRow, touch: StandingTouch, brake: boolean): Release | null {
  // it may be in the post: no change of mode calls it back
  if (touch.printed_at !== null) return null;
  const step = stepOf(touch);
  const release = releaseOf({
    ...rulesOf(company),
    channel: step.channel,
    needsPerson: step.needsPerson,
    // a batch that was braked stays braked until a person released it; what is out is `pullBack`'s
    brake: touch.state === 'awaiting_approval' || (touch.state === 'planned' && brake),
    stepName: step.name,
  });
  const releasedByPerson = touch.state === 'approved' && touch.approved_by !== AUTOPILOT;
  if (touch.state === release.state || (releasedByPerson && company.mode !== 'preview')) return null;
  return release;
}
