import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { printLetter } from '../../../delivery/print.job.ts';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import { type CompanyAccess, requireCompany } from '../../company.plugin.ts';
import { redirectSaying } from '../../flash.ts';
import { fieldOf, isId } from '../../form-fields.ts';
import { sendMailHtml, sendNoMail } from '../../raw-mail.ts';
import { orRefused, type Refused } from '../../refused.ts';
import { sendPage } from '../../render.ts';
import { companyFrameOf } from '../frame.store.ts';
import { changes } from './change.store.ts';
import { readMail, readTouch, type TouchMail, type TouchPageView } from './touch.store.ts';
import { TouchPage } from './touch.view.tsx';

/** A touch's own page, its mail as a document for a sandboxed frame, and the forms that change it. */
export function touchRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get(PATH, async (request, reply) => {
      const access = await requireCompany(request, 'see');
      return await show(duly, request, reply, access, null);
    });
    app.get(`${PATH}/mail`, async (request, reply) => {
      const { company } = await requireCompany(request, 'see');
      const mail = await mailOf(duly, company.company_id, touchIdOf(request));
      if (typeof mail === 'string') return sendNoMail(reply, mail);
      return sendMailHtml(reply, mail.html, new URL(duly.config.baseUrl).origin);
    });
    app.post(`${PATH}/print`, async (request, reply) => {
      const access = await requireCompany(request, 'approve');
      const { company_id: companyId } = access.company;
      const touchId = touchIdOf(request);
      const done = await orRefused('print', request.body, async () => {
        await printLetter(duly, companyId, touchId, access.signedIn.personName);
        return 'printed';
      });
      if (typeof done !== 'string') return await show(duly, request, reply, access, done);
      return reply.redirect(`/companies/${companyId}/touches/${touchId}/letter`, 303);
    });
    for (const [form, change] of Object.entries(changes))
      app.post(`${PATH}/${form}`, async (request, reply) => {
        const access = await requireCompany(request, 'approve');
        const { company_id: companyId } = access.company;
        const touchId = touchIdOf(request);
        const { body } = request;
        const by = access.signedIn.personName;
        let follows: 'promise' | undefined;
        const done = await orRefused(form, body, () =>
          inCompany(duly.db, companyId, async (tx) => {
            const answer = await change({ duly, tx, companyId, touchId, body, by });
            follows = answer.follows;
            return answer.said;
          }),
        );
        if (typeof done !== 'string') return await show(duly, request, reply, access, done);
        const touch = await inCompany(duly.db, companyId, (tx) =>
          readTouch(tx, companyId, touchId, duly.clock.now()),
        );
        const place = follows ?? fieldOf(body, 'from', 20);
        return redirectSaying(reply, backTo(companyId, touch, place), saidOf(touch, place, done));
      });
  };
}

const PATH = '/companies/:companyId/touches/:touchId';

/** On a list of many the sentence says whom it is about. */
function saidOf({ customerName }: TouchPageView, place: string, said: string): string {
  return place === 'approve' || place === 'todo' ? `${customerName}: ${said}` : said;
}

/** The page that one comes from, or the form that follows. */
function backTo(companyId: string, { touchId, customerId }: TouchPageView, place: string): string {
  const at = `/companies/${companyId}`;
  const customer = `${at}/customers/${encodeURIComponent(customerId)}`;
  if (place === 'approve' || place === 'todo') return `${at}/${place}`;
  if (place === 'customer') return customer;
  return place === 'promise' ? `${customer}/agreements/promise` : `${at}/touches/${touchId}`;
}

async function show(
  duly: Duly,
  request: FastifyRequest,
  reply: FastifyReply,
  access: CompanyAccess,
  refused: Refused | null,
): Promise<FastifyReply> {
  const { company_id: companyId } = access.company;
  const touchId = touchIdOf(request);
  const touch = await inCompany(duly.db, companyId, (tx) =>
    readTouch(tx, companyId, touchId, duly.clock.now()),
  );
  const left = ['cancelled', 'failed'].includes(touch.state);
  const mail = await mailOf(duly, companyId, touchId);
  const frame = await companyFrameOf(duly, request, reply, access);
  const none = left && typeof mail !== 'string' && !mail.kept;
  return sendPage(
    reply,
    TouchPage({ frame, touch, refused, mail: none ? 'Nothing was kept of it: nothing left.' : mail }),
    refused?.status ?? 200,
  );
}

function mailOf(duly: Duly, companyId: string, touchId: string): Promise<TouchMail | string> {
  return inWords(() =>
    inCompany(duly.db, companyId, (tx) =>
      readMail(tx, companyId, touchId, {
        now: duly.clock.now(),
        baseUrl: duly.config.baseUrl,
        from: duly.mailFrom,
      }),
    ),
  );
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
