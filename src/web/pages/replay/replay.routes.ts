import type { FastifyPluginAsync } from 'fastify';
import type { CompanyRow } from '../../../companies/company.store.ts';
import { addDays, type Day, dayAt, parseDay } from '../../../domain/day.ts';
import { type PlayedKey, playedKeys } from '../../../insights/played.ts';
import { type ReplayResult, replayCompany } from '../../../insights/replay.store.ts';
import { policiesToPlay } from '../../../insights/replay-policies.store.ts';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import { requireCompany } from '../../company.plugin.ts';
import { sendPage } from '../../render.ts';
import { companyFrameOf } from '../frame.store.ts';
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
      const result = wish.asked ? await play(duly, company, wish, now) : null;
      const frame = await companyFrameOf(duly, request, reply, access);
      return sendPage(reply, ReplayPage({ frame, wish, result }));
    });
  };
}

function play(duly: Duly, company: CompanyRow, wish: ReplayWish, now: Date): Promise<ReplayResult> {
  const keys = [wish.policy, ...(wish.against === null ? [] : [wish.against])];
  return inCompany(duly.db, company.company_id, async (tx) =>
    replayCompany(tx, company, wish, await policiesToPlay(tx, company.company_id, keys), now),
  );
}

/** Longer stretches are for the command. */
const MOST_DAYS = 366;

function wishOf(query: Readonly<Record<string, unknown>>, today: Day): ReplayWish {
  const to = dayOf(query.to) ?? today;
  const from = dayOf(query.from) ?? addDays(to, -364);
  if (from > to || addDays(from, MOST_DAYS) < to)
    throw new UserError(
      'bad_input',
      'These days make no stretch of at most a year.',
      'Choose a first day that is before the last one, by a year at most.',
    );
  const policy = keyOf(query.policy);
  const against = keyOf(query.against);
  return {
    from,
    to,
    policy: policy ?? 'in_force',
    against: against === policy ? null : against,
    asked: policy !== null,
  };
}

function dayOf(text: unknown): Day | null {
  if (text === undefined || text === '') return null;
  const day = parseDay(text);
  if (day === null)
    throw new UserError('bad_input', 'This is not a day that exists.', 'Write it as YYYY-MM-DD.');
  return day;
}

function keyOf(text: unknown): PlayedKey | null {
  return playedKeys.find((key) => key === text) ?? null;
}
