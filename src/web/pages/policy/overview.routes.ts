import type { FastifyPluginAsync } from 'fastify';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';
import { redirectSaying } from '../../flash.ts';
import { sendPage } from '../../render.ts';
import { timeWords } from '../../words.ts';
import { currenciesOf, deskOf, openDesk, POLICY } from './desk.ts';
import { makeLink, readLink, revokeLink } from './link.store.ts';
import { OverviewPage } from './overview.view.tsx';
import { readVersions } from './versions.store.ts';

/** `/companies/:companyId/policy`: the policy in force in words, and its public address. */
export function overviewRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get(POLICY, async (request, reply) => {
      const desk = await deskOf(duly, request, 'see');
      const { company, locale } = desk;
      const { frame, working, found } = await openDesk(duly, request, reply, desk, async (tx) => ({
        versions: await readVersions(tx, company.company_id, {
          limit: 1,
          timeZone: company.time_zone,
          locale,
        }),
        link: await readLink(tx, company.company_id),
        currencies: await currenciesOf(tx, company),
      }));
      const { link } = found;
      const shown = {
        address: link === null ? null : `${duly.config.baseUrl}/policy-of/${link.token}`,
        made:
          link === null ? '' : `${link.createdBy}, ${timeWords(link.createdAt, company.time_zone, locale)}`,
      };
      const { currencies } = found;
      const latest = found.versions[0] ?? null;
      const page = OverviewPage({ frame, working, latest, link: shown, currencies, locale });
      return sendPage(reply, page);
    });
    app.post(`${POLICY}/link`, async (request, reply) => {
      const { whose, by, now, at } = await deskOf(duly, request, 'change_settings');
      await inCompany(duly.db, whose.companyId, (tx) => makeLink(tx, whose.companyId, by, now));
      return redirectSaying(reply, `${at}#link`, 'The page is public now. Its address stands below.');
    });
    app.post(`${POLICY}/link/revoke`, async (request, reply) => {
      const { whose, by, now, at } = await deskOf(duly, request, 'change_settings');
      await inCompany(duly.db, whose.companyId, (tx) => revokeLink(tx, whose.companyId, by, now));
      return redirectSaying(reply, `${at}#link`, 'The address leads nowhere from now on.');
    });
  };
}
