import type { FastifyPluginAsync } from 'fastify';
import {
  attestAllBusinesses,
  type Mode,
  setMode,
  setTimeZone,
  stateInvoicesSentElsewhere,
  takeBackAllBusinesses,
} from '../../../companies/company.store.ts';
import { requireSendable } from '../../../messages/sendable.store.ts';
import type { Duly } from '../../../platform/context.ts';
import { inCompany, type Tx } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import { requireCompany } from '../../company.plugin.ts';
import { redirectSaying } from '../../flash.ts';
import { fieldOf, sayingFaults } from '../../form-fields.ts';
import { bccRoutes } from './bcc.routes.ts';
import { pauseRoutes } from './pause.routes.ts';
import { showSettings } from './show.routes.ts';

const modes: readonly Mode[] = ['preview', 'approve', 'autopilot'];

const modeSaid: Readonly<Record<Mode, string>> = {
  preview: 'Preview: nothing leaves from now on.',
  approve: 'Approve: reminders wait for a person on the Approve page.',
  autopilot: 'Autopilot: reminders leave by themselves; the first batch still waits for a person.',
};

interface Change {
  readonly tx: Tx;
  readonly companyId: string;
  readonly body: unknown;
  readonly by: string;
  readonly now: Date;
}

export function settingsRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get('/companies/:companyId/settings', async (request, reply) => {
      const access = await requireCompany(request, 'see');
      return await showSettings(duly, request, reply, access);
    });
    await app.register(pauseRoutes(duly));
    await app.register(bccRoutes(duly));
    const change = (path: string, work: (change: Change) => Promise<string>): void => {
      app.post(`/companies/:companyId/settings/${path}`, async (request, reply) => {
        const { company, signedIn } = await requireCompany(request, 'change_settings');
        const { company_id: companyId } = company;
        const now = duly.clock.now();
        const { said, bad } = await sayingFaults(() =>
          inCompany(duly.db, companyId, (tx) =>
            work({ tx, companyId, body: request.body, by: signedIn.personName, now }),
          ),
        );
        return redirectSaying(reply, `/companies/${companyId}/settings`, said, bad);
      });
    };
    change('mode', async ({ tx, companyId, body, by, now }) => {
      const mode = modes.find((known) => known === fieldOf(body, 'mode', 20));
      if (mode === undefined)
        throw new UserError('bad_input', 'No mode was chosen.', 'Choose one of the three.');
      if (mode !== 'preview') await requireSendable(tx, companyId);
      await setMode(tx, companyId, mode, by, now);
      return modeSaid[mode];
    });
    change('all-businesses', async ({ tx, companyId, body, by, now }) => {
      requireSure(body);
      await attestAllBusinesses(tx, companyId, by, now);
      return 'Stated: all customers are businesses.';
    });
    change('take-back-businesses', async ({ tx, companyId, body, by, now }) => {
      requireSure(body);
      const done = await takeBackAllBusinesses(tx, companyId, by, now);
      return done
        ? 'Taken back: a customer whose type is not known counts as a consumer again. What happens next is worked out again now.'
        : 'It was not stated any more: there is nothing to take back.';
    });
    change('sent-elsewhere', async ({ tx, companyId, body, by, now }) => {
      requireSure(body);
      await stateInvoicesSentElsewhere(tx, companyId, by, now);
      return 'Stated: invoices are sent outside the ledger.';
    });
    change('zone', async ({ tx, companyId, body, by, now }) => {
      const zone = fieldOf(body, 'zone', 80);
      await setTimeZone(tx, companyId, zone, by, now);
      return `The time zone is ${zone}.`;
    });
  };
}

function requireSure(body: unknown): void {
  if (fieldOf(body, 'sure', 5) === 'yes') return;
  throw new UserError('bad_input', 'The box was not ticked.', 'Tick it to say this in your name.');
}
