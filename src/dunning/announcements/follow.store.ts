import { sql } from 'kysely';
import { record } from '../../activity/activity.store.ts';
import { raiseProblem, resolveProblem } from '../../activity/problem.store.ts';
import type { CompanyRow } from '../../companies/company.store.ts';
import { markEverybody } from '../../companies/plan-due.store.ts';
import { businessCalendar } from '../../domain/calendar.ts';
import { type Day, formatDay, instantAt } from '../../domain/day.ts';
import { localeOf } from '../../domain/locale.ts';
import type { Tx } from '../../platform/db.ts';
import { consequenceName } from '../../policies/consequences/consequence.ts';
import type { Planning } from '../plan-read.store.ts';
import { type Announcement, follow } from './announcement.ts';
import { heldBack, heldLines, notAbout } from './held.ts';
import { freeOnNow, keepHeld } from './hold-seen.store.ts';
import { tellWhoActs } from './owner.store.ts';
import { readAnnouncements } from './read.store.ts';
import { guardWithdrawals } from './withdrawal-waits.store.ts';

interface Look {
  readonly customerId: string;
  readonly at: Date;
}

/**
 * P8: follows up on what was announced to these customers until it is done, withdrawn or not needed: on its day it is a
 * task of its owner; broken, it stops the company from announcing anything. Returns when they must be looked at again.
 * Asks nothing of a company that never approved a consequence.
 */
export async function followAnnouncements(
  tx: Tx,
  planning: Pick<Planning, 'company' | 'known' | 'positions' | 'input' | 'today' | 'withdraws' | 'now'>,
  customerIds: readonly string[],
): Promise<readonly Look[]> {
  const { company, known, positions, today, now } = planning;
  const { company_id: companyId, time_zone: zone } = company;
  if (planning.withdraws) await guardWithdrawals(tx, planning, customerIds);
  // what was announced stands in the catalogue, from which nothing is ever taken
  if (known.announcing.catalogue.size === 0) return [];
  const live = await readAnnouncements(tx, companyId, { state: 'live', customerIds });
  if (live.length === 0) return [];
  const survivors = await followMerges(tx, companyId, live);
  const calendar = businessCalendar(company.country, company.region, zone);
  const open = await stillOpen(tx, companyId, live);
  const heldCustomers = new Set(
    positions.filter((row) => row.holds.length > 0).map((row) => `${row.customerId} ${row.currency}`),
  );
  const linesHeld = heldLines(positions);
  const looks: Look[] = [];
  const changed: Announcement[] = [];
  for (const row of live) {
    const customerId = survivors.get(row.announcementId) ?? row.customerId;
    const invoices = open.get(row.announcementId) ?? [];
    const back = heldBack(invoices, linesHeld);
    const held = back.all || heldCustomers.has(`${customerId} ${row.currency}`);
    const announcement = { ...row, customerId, held, freeOn: freeOnNow(row, held, today) };
    if (held !== row.held) changed.push(announcement);
    const { actOn, freeOn } = announcement;
    const standing = { actOn, freeOn, open: invoices.length > 0, held };
    const { is, lookOn } = follow(standing, today, calendar);
    if (is === 'not_needed') await settle(tx, companyId, announcement, 'not_needed', today, now);
    if (is === 'due') await remind(tx, company, announcement, notAbout(back.lines), now);
    // held again after its day had come: nobody is asked to act against them
    if (is === 'waiting')
      await resolveProblem(tx, companyId, now, 'consequence_due', announcement.announcementId);
    if (is === 'broken' && announcement.state === 'announced')
      await settle(tx, companyId, announcement, 'broken', today, now);
    if (lookOn !== null)
      looks.push({ customerId: announcement.customerId, at: instantAt(lookOn, '00:00', zone) });
  }
  await keepHeld(tx, companyId, changed);
  return looks;
}

/** R16: what was announced to a customer that was merged away goes over to whoever survives; these did now. */
async function followMerges(
  tx: Tx,
  companyId: string,
  live: readonly Announcement[],
): Promise<ReadonlyMap<string, string>> {
  const ids = live.map((row) => row.announcementId);
  const { rows } = await sql<{ announcement_id: string; customer_id: string }>`
    update announcement a set customer_id = c.merged_into_id from customer c
    where a.company_id = ${companyId} and a.announcement_id = any(${ids}::uuid[])
      and c.company_id = a.company_id and c.customer_id = a.customer_id and c.merged_into_id is not null
    returning a.announcement_id, a.customer_id`.execute(tx);
  return new Map(rows.map((row) => [row.announcement_id, row.customer_id]));
}

/** Of each the invoices that went through the step and are open still. */
async function stillOpen(
  tx: Tx,
  companyId: string,
  live: readonly Announcement[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const ids = live.map((row) => row.announcementId);
  const { rows } = await sql<{ announcement_id: string; invoice_ids: string[] }>`
    select a.announcement_id, array_agg(distinct i.invoice_id) as invoice_ids from announcement a
    join touch_invoice t on t.company_id = a.company_id and t.touch_id = a.touch_id and t.stage is not null
    join invoice i on i.company_id = t.company_id and i.invoice_id = t.invoice_id
      and i.open_minor > 0 and i.status = 'open'
    where a.company_id = ${companyId} and a.announcement_id = any(${ids}::uuid[])
    group by a.announcement_id`.execute(tx);
  return new Map(rows.map((row) => [row.announcement_id, row.invoice_ids]));
}

async function remind(
  tx: Tx,
  company: CompanyRow,
  row: Announcement,
  apart: string,
  now: Date,
): Promise<void> {
  const on = (day: Day): string => formatDay(day, localeOf(company.country), true);
  const told = await tellWhoActs(tx, company.company_id, { ...row, doing: `${row.doing}${apart}` }, now);
  const mailed =
    told === null
      ? ' Nobody was mailed: the catalogue has no address for them.'
      : ` They were mailed at ${told}.`;
  const returned = await cameBackOnce(tx, company.company_id, row.touchId);
  const doubt = returned
    ? ' Its message came back once: make sure that the customer has it before you act.'
    : '';
  await raiseProblem(tx, company.company_id, now, {
    kind: 'consequence_due',
    subject: row.announcementId,
    customerId: row.customerId,
    what: `On ${on(row.announcedOn)} you wrote that from ${on(row.actOn)} ${row.words}. That day has come and it is not settled.${apart}${doubt}`,
    meaning: 'What was announced is done, or it is withdrawn and the customer is told.',
    action: `${row.ownerName}: ${row.doing} Then say so on the page of consequences.${mailed}`,
  });
}

async function cameBackOnce(tx: Tx, companyId: string, touchId: string): Promise<boolean> {
  const touch = await tx
    .selectFrom('touch')
    .select('delivery')
    .where('company_id', '=', companyId)
    .where('touch_id', '=', touchId)
    .executeTakeFirst();
  return touch?.delivery === 'returned';
}

async function settle(
  tx: Tx,
  companyId: string,
  row: Announcement,
  state: 'not_needed' | 'broken',
  today: Day,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('announcement')
    .set(state === 'broken' ? { state } : { state, settled_on: today, settled_by: 'Duly' })
    .where('company_id', '=', companyId)
    .where('announcement_id', '=', row.announcementId)
    .execute();
  await resolveProblem(tx, companyId, now, 'consequence_due', row.announcementId);
  const name = consequenceName(row.kind);
  await record(tx, companyId, now, [
    {
      kind: state === 'broken' ? 'consequence_broken' : 'consequence_not_needed',
      actor: 'Duly',
      summary:
        state === 'broken'
          ? `Announced and not done: ${name}. Nothing more is announced to anybody until it is done or withdrawn.`
          : `Not needed any more: ${name}. What it was about is settled.`,
      customerId: row.customerId,
      caseId: row.caseId,
      touchId: row.touchId,
    },
  ]);
  if (state === 'broken')
    await raiseProblem(tx, companyId, now, {
      kind: 'consequence_broken',
      subject: row.announcementId,
      customerId: row.customerId,
      what: `“${name}” was announced for ${row.actOn}, ${sinceWhen(row)} it is neither done nor withdrawn.`,
      meaning: 'Until it is done or withdrawn, no message to anybody announces any consequence.',
      action: `${row.ownerName} does it, or it is withdrawn: then the customer is told.`,
    });
  else await resolveProblem(tx, companyId, now, 'consequence_broken', row.announcementId);
  await markEverybody(tx, companyId);
}

function sinceWhen({ actOn, freeOn }: Announcement): string {
  if (freeOn === null || freeOn <= actOn) return 'and five business days later';
  return `it was held until ${freeOn}, and five business days after that`;
}
