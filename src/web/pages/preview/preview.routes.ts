import type { FastifyPluginAsync } from 'fastify';
import { lookAtBooks } from '../../../companies/reading-wish.store.ts';
import { addDays, dayAt } from '../../../domain/day.ts';
import { previewAhead } from '../../../dunning/preview.store.ts';
import { markedDays } from '../../../dunning/volume.store.ts';
import { withTasks } from '../../../messages/tasks-ahead.store.ts';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';
import { requireCompany } from '../../company.plugin.ts';
import { sendPage } from '../../render.ts';
import { readLiveAnnouncements } from '../consequences/consequences.store.ts';
import { companyFrameOf } from '../frame.store.ts';
import { soundDraft } from '../policy/draft.store.ts';
import { byDay, PREVIEW_DAYS } from './preview.ts';
import { PreviewPage } from './preview.view.tsx';

/**
 * `/companies/:companyId/preview`: what would be said in the next 30 days, day by day; `?customer=`: to whom; `?policy=draft`: by
 * whoever looks' own draft of the policy. */
export function previewRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get('/companies/:companyId/preview', async (request, reply) => {
      const access = await requireCompany(request, 'see');
      const { company } = access;
      const companyId = company.company_id;
      if (company.books_read_at === null) return reply.redirect(`/companies/${companyId}/sync`, 303);
      await lookAtBooks(duly, company);
      const now = duly.clock.now();
      const { customer, policy } = request.query as { customer?: unknown; policy?: unknown };
      const only = typeof customer === 'string' && customer !== '' ? customer.slice(0, 100) : null;
      const whom = only === null ? {} : { customerIds: [only] };
      const whose = { companyId, personId: access.signedIn.personId };
      const { touches, braked, announced, instead } = await inCompany(duly.db, companyId, async (tx) => {
        const draft = policy === 'draft' ? await soundDraft(tx, whose) : null;
        const wish = { days: PREVIEW_DAYS, ...whom, ...(draft === null ? {} : { instead: draft }) };
        const ahead = await previewAhead(tx, company, now, wish);
        return {
          touches: await withTasks(tx, companyId, ahead),
          // S4: the brake is of the whole company
          braked: only === null ? await markedDays(tx, company, now, ahead) : [],
          announced: await readLiveAnnouncements(tx, companyId, whom),
          instead: draft,
        };
      });
      const frame = await companyFrameOf(duly, request, reply, access);
      const today = dayAt(now, company.time_zone);
      const until = addDays(today, PREVIEW_DAYS - 1);
      const toDo = announced.filter(({ actOn }) => actOn <= until);
      return sendPage(
        reply,
        PreviewPage({ frame, days: byDay(touches, braked), toDo, today, only, draft: instead !== null }),
      );
    });
  };
}
