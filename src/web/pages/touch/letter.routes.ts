import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { Duly } from '../../../platform/context.ts';
import { inCompany, type Tx } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import { requireCompany } from '../../company.plugin.ts';
import { isId } from '../../form-fields.ts';
import { sendMailHtml, sendNoMail } from '../../raw-mail.ts';
import { readMail } from './touch.store.ts';

/** A letter or a call sheet as a page of its own, to be printed from the browser: no frame, no menu around it. */
export function letterRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get('/companies/:companyId/touches/:touchId/letter', async (request, reply) => {
      const { company } = await requireCompany(request, 'see');
      const companyId = company.company_id;
      const touchId = touchIdOf(request);
      const page = await inCompany(duly.db, companyId, (tx) => pageOf(tx, duly, companyId, touchId));
      if (page === null)
        return sendNoMail(reply, 'The books have changed since this was planned; it is planned again soon.');
      return sendMailHtml(
        reply.header('cache-control', 'no-store'),
        page,
        new URL(duly.config.baseUrl).origin,
      );
    });
  };
}

/** The page as it was kept, else as it would be printed now; null when its figures contradict one another. */
async function pageOf(tx: Tx, duly: Duly, companyId: string, touchId: string): Promise<string | null> {
  const touch = await tx
    .selectFrom('touch')
    .select('channel')
    .where('company_id', '=', companyId)
    .where('touch_id', '=', touchId)
    .executeTakeFirst();
  if (touch === undefined || !['letter', 'call'].includes(touch.channel))
    throw new UserError(
      'not_found',
      'There is nothing to print here.',
      'Open it again from the customer’s page.',
    );
  const as = { now: duly.clock.now(), baseUrl: duly.config.baseUrl, from: duly.mailFrom };
  try {
    return (await readMail(tx, companyId, touchId, as)).html;
  } catch (error) {
    if (error instanceof UserError && error.status === 409) return null;
    throw error;
  }
}

function touchIdOf(request: FastifyRequest): string {
  const { touchId } = request.params as { touchId: string };
  if (isId(touchId)) return touchId;
  throw new UserError('not_found', 'There is no such letter.', 'Open it again from the customer’s page.');
}
