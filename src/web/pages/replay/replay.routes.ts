import type { FastifyPluginAsync } from 'fastify';
import type { CompanyRow } from '../../../companies/company.store.ts';
import { addDays, type Day, dayAt, parseDay } from '../../../domain/day.ts';
import { type PlayedKey, playedKeys } from '../../../insights/played.ts';
import { type ReplayResult, replayCompany } from '../../../insights/replay.store.ts';
import { policiesToPlay } from '../../../insights/replay-policies.store.ts';
import type { Duly } from '../../../platform/context.ts';
import { inCompany, type Tx } from '../../../platform/db.ts';
import type { PolicyDocument } from '../../../policies/document.ts';
import { requireCompany } from '../../company.plugin.ts';
import { sendPage } from '../../render.ts';
import { companyFrameOf } from '../frame.store.ts';
import { soundDraft } from '../policy/draft.store.ts';
import { ReplayPage, type ReplayWish } from './replay.view.tsx';

/** `/companies/:companyId/replay`: the last twelve months of the company's own books under one or two policies. */
export function replayRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get('/companies/:companyId/replay', async (request, reply) => {
      const access = await requireCompany(request, 'see');
      const { company } = access;
      if (company.books_read_at === null) return reply.redirect(`/companies/${company.company_id}/sync`, 303);
      const now = duly.clock.now();
      const wish = wishOf(request.query as Readonly<Record<string, unknown>>, dayAt(now, company.time_zone));
      const whose = { companyId: company.company_id, personId: access.signedIn.personId };
      const { draft, result } = await inCompany(duly.db, company.company_id, async (tx) => {
        const sound = await soundDraft(tx, whose);
        const plays = wish.asked && wish.fault === null;
        return { draft: sound !== null, result: plays ? await play(tx, company, wish, sound, now) : null };
      });
      const frame = await companyFrameOf(duly, request, reply, access);
      return sendPage(reply, ReplayPage({ frame, wish, draft, result }), wish.fault === null ? 200 : 400);
    });
  };
}

/** A draft that was saved or thrown away meanwhile is the policy in force. */
async function play(
  tx: Tx,
  company: CompanyRow,
  wish: ReplayWish,
  draft: PolicyDocument | null,
  now: Date,
): Promise<ReplayResult> {
  const asked = [wish.policy, ...(wish.against === null ? [] : [wish.against])];
  const keys = new Set(asked.map((key) => (key === 'draft' && draft === null ? 'in_force' : key)));
  const policies = await policiesToPlay(tx, company.company_id, [...keys], draft);
  return await replayCompany(tx, company, wish, policies, now);
}

/** Longer stretches are for the command. */
const MOST_DAYS = 366;

/** Days that cannot be played stay in their fields, with the reason below. */
function wishOf(query: Readonly<Record<string, unknown>>, today: Day): ReplayWish {
  const typed = { from: typedIn(query.from), to: typedIn(query.to) };
  const to = typed.to === '' ? today : parseDay(typed.to);
  const from = typed.from === '' ? addDays(to ?? today, -364) : parseDay(typed.from);
  const policy = keyOf(query.policy);
  const against = keyOf(query.against);
  return {
    from: from ?? today,
    to: to ?? today,
    policy: policy ?? 'in_force',
    against: against === policy ? null : against,
    asked: policy !== null,
    typed: { from: typed.from || (from ?? today), to: typed.to || (to ?? today) },
    fault: whyNot(from, to),
  };
}

function whyNot(from: Day | null, to: Day | null): string | null {
  if (from === null || to === null) return 'There is no such day. Choose one from the calendar.';
  if (from > to) return 'The first day comes after the last one. Choose an earlier one.';
  return addDays(from, MOST_DAYS) < to
    ? 'A year at most can be played here. Choose a shorter stretch.'
    : null;
}

function typedIn(text: unknown): string {
  return typeof text === 'string' ? text.trim().slice(0, 20) : '';
}

function keyOf(text: unknown): PlayedKey | null {
  return text === 'draft' ? text : (playedKeys.find((key) => key === text) ?? null);
}
