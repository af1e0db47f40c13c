import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import { requireCompany } from '../../company.plugin.ts';
import { isId } from '../../form-fields.ts';
import { sendMailHtml, sendNoMail } from '../../raw-mail.ts';
import { sendPage } from '../../render.ts';
import { companyFrameOf } from '../frame.store.ts';
import { readMail, readTouch, type TouchMail } from './touch.store.ts';
import { TouchPage } from './touch.view.tsx';

/** A touch's own page, and its mail as a document for a sandboxed frame. */
export function touchRoutes(duly: Duly): FastifyPluginAsync {
  const mailOf = (companyId: string, touchId: string): Promise<TouchMail | string> =>
    inWords(() =>
      inCompany(duly.db, companyId, (tx) =>
        readMail(tx, companyId, touchId, {
          now: duly.clock.now(),
          baseUrl: duly.config.baseUrl,
          from: duly.mailFrom,
        }),
      ),
    );
  return async (app) => {
    app.get('/companies/:companyId/touches/:touchId', async (request, reply) => {
      const access = await requireCompany(request, 'see');
      const { company_id: companyId } = access.company;
      const touchId = touchIdOf(request);
      const touch = await inCompany(duly.db, companyId, (tx) => readTouch(tx, companyId, touchId));
      const left = ['cancelled', 'failed'].includes(touch.state);
      const mail = await mailOf(companyId, touchId);
      const frame = await companyFrameOf(duly, request, reply, access);
      const none = left && typeof mail !== 'string' && !mail.kept;
      return sendPage(
        reply,
        TouchPage({ frame, touch, mail: none ? 'No e-mail was kept: nothing left.' : mail }),
      );
    });
    app.get('/companies/:companyId/touches/:touchId/mail', async (request, reply) => {
      const { company } = await requireCompany(request, 'see');
      const mail = await mailOf(company.company_id, touchIdOf(request));
      if (typeof mail === 'string') return sendNoMail(reply, mail);
      return sendMailHtml(reply, mail.html, new URL(duly.config.baseUrl).origin);
    });
  };
}

function touchIdOf(request: FastifyRequest): string {
  const { touchId } = request.params as { touchId: string };
  if (isId(touchId)) return touchId;
  throw new UserError('not_found', 'There is no such message.', 'Open it again from the customer’s page.');
}

/** A mail that can't be shown says why instead of failing the page. */
async function inWords<T>(work: () => Promise<T>): Promise<T | string> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError && error.status === 409) return `${error.message} ${error.action}`;
    throw error;
  }
}
