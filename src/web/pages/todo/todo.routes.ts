import type { FastifyPluginAsync } from 'fastify';
import { lookAtBooks } from '../../../companies/reading-wish.store.ts';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';
import { requireCompany } from '../../company.plugin.ts';
import { sendPage } from '../../render.ts';
import { companyFrameOf } from '../frame.store.ts';
import { readTasks } from './todo.store.ts';
import { TodoPage } from './todo.view.tsx';

/** Calls to make and letters to post. */
export function todoRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get('/companies/:companyId/todo', async (request, reply) => {
      const access = await requireCompany(request, 'see');
      await lookAtBooks(duly, access.company);
      const tasks = await inCompany(duly.db, access.company.company_id, (tx) =>
        readTasks(tx, access.company),
      );
      const frame = await companyFrameOf(duly, request, reply, access);
      return sendPage(reply, TodoPage({ frame, tasks }));
    });
  };
}
