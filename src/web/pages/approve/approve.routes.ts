import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { getConnection } from '../../../companies/connection.store.ts';
import { lookAtBooks } from '../../../companies/reading-wish.store.ts';
import { approveTouches } from '../../../dunning/approval.store.ts';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import { type CompanyAccess, requireCompany } from '../../company.plugin.ts';
import { redirectSaying } from '../../flash.ts';
import { fieldOf, fieldsOf, isId, sayingFaults } from '../../form-fields.ts';
import { sendPage } from '../../render.ts';
import { counted } from '../../words.ts';
import { companyFrameOf } from '../frame.store.ts';
import { readBatch } from './approve.store.ts';
import { ApprovePage } from './approve.view.tsx';
import { reasonField } from './warnings.view.tsx';

/** The batch: look and release; what else may be done with one of it stands with the touch. */
export function approveRoutes(duly: Duly): FastifyPluginAsync {
  async function propsOf(request: FastifyRequest, reply: FastifyReply, access: CompanyAccess) {
    const { company_id: companyId } = access.company;
    const batch = await inCompany(duly.db, companyId, (tx) => readBatch(tx, companyId, duly.clock.now()));
    return { frame: await companyFrameOf(duly, request, reply, access), batch };
  }
  return async (app) => {
    app.get('/companies/:companyId/approve', async (request, reply) => {
      const access = await requireCompany(request, 'see');
      await lookAtBooks(duly, access.company);
      return sendPage(reply, ApprovePage(await propsOf(request, reply, access)));
    });
    app.post('/companies/:companyId/approve', async (request, reply) => {
      const access = await requireCompany(request, 'approve');
      const { company_id: companyId } = access.company;
      const reasonFor = (touchId: string): string => fieldOf(request.body, reasonField(touchId), 300);
      const chosen = fieldsOf(request.body, 'touch').filter(isId).slice(0, 1000);
      const { said, bad } = await sayingFaults(() =>
        inCompany(duly.db, companyId, async (tx) => {
          if (chosen.length === 0)
            throw new UserError('bad_input', 'No reminder was selected.', 'Select at least one.');
          if ((await getConnection(tx, companyId))?.state !== 'healthy')
            throw new UserError(
              'conflict',
              'Nothing was released: the books of this company cannot be read now.',
              'Connect the company again, then release what is still due.',
            );
          const { personName } = access.signedIn;
          const now = duly.clock.now();
          const released = await approveTouches(tx, companyId, chosen, personName, now, reasonFor);
          return releasedWords(released, chosen.length);
        }),
      );
      if (!bad) return redirectSaying(reply, `/companies/${companyId}/approve`, said);
      // shown again as it was asked for: ticks and typed reasons are not lost
      const { frame, batch } = await propsOf(request, reply, access);
      const asked = { touchIds: new Set(chosen), reasonFor };
      const flash = { words: said, bad };
      return sendPage(reply, ApprovePage({ frame: { ...frame, flash }, batch, asked }), 400);
    });
  };
}

function releasedWords(released: number, chosen: number): string {
  if (released === 0)
    return `Nothing more was released: ${chosen === 1 ? 'that reminder' : `those ${chosen} reminders`} had been released, skipped or overtaken by a payment already.`;
  const left = chosen - released;
  const first = `${counted(released, 'reminder')} released. Each is checked against the books once more before it leaves.`;
  if (left === 0) return first;
  return `${first} ${left} had been released, skipped or overtaken by a payment meanwhile.`;
}
