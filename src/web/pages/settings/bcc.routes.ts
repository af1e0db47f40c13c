import type { FastifyPluginAsync } from 'fastify';
import { setBccEmail } from '../../../companies/bcc.store.ts';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';
import { requireCompany } from '../../company.plugin.ts';
import { redirectSaying } from '../../flash.ts';
import { fieldOf } from '../../form-fields.ts';
import { orRefused } from '../../refused.ts';
import { showSettings } from './show.routes.ts';

/** CON-05: where a copy of every message goes. */
export function bccRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.post('/companies/:companyId/settings/bcc', async (request, reply) => {
      const access = await requireCompany(request, 'change_settings');
      const { company_id: companyId } = access.company;
      const email = fieldOf(request.body, 'bccEmail', 300);
      const done = await orRefused('bcc', request.body, () =>
        inCompany(duly.db, companyId, async (tx) => {
          await setBccEmail(tx, companyId, email, access.signedIn.personName, duly.clock.now());
          return email === ''
            ? 'Saved. No copies are sent.'
            : `Saved. A copy of every message goes to ${email}.`;
        }),
      );
      if (typeof done !== 'string') return await showSettings(duly, request, reply, access, done);
      return redirectSaying(reply, `/companies/${companyId}/settings#bcc`, done);
    });
  };
}
