import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';
import { whatChangedInPolicy } from '../../../policies/what-changed.ts';
import { redirectSaying } from '../../flash.ts';
import { sendPage } from '../../render.ts';
import { currenciesOf, deskOf, openDesk, POLICY, paramOf, queryOf } from './desk.ts';
import { replaceDraft } from './draft.store.ts';
import { VersionPage } from './version.view.tsx';
import { readVersion, readVersions } from './versions.store.ts';
import { VersionsPage } from './versions.view.tsx';

const PAGE = 20;

/** Who changed the policy, when and how; each version whole, and taken back through the draft. */
export function versionsRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get(`${POLICY}/versions`, async (request, reply) => {
      const desk = await deskOf(duly, request, 'see');
      const { company, locale } = desk;
      const asked = Number(queryOf(request, 'below'));
      const below = Number.isSafeInteger(asked) && asked > 0 ? { below: asked } : {};
      const { frame, working, found } = await openDesk(duly, request, reply, desk, async (tx) => {
        const currencies = await currenciesOf(tx, company);
        const wish = { ...below, limit: PAGE, timeZone: company.time_zone, locale, currencies };
        return await readVersions(tx, company.company_id, wish);
      });
      const last = found.at(-1)?.version ?? 1;
      const next = found.length === PAGE && last > 1 ? last : null;
      return sendPage(reply, VersionsPage({ frame, working, versions: found, next, locale }));
    });
    app.get(`${POLICY}/versions/:version`, async (request, reply) => {
      const desk = await deskOf(duly, request, 'see');
      const { company, locale } = desk;
      const { frame, working, found } = await openDesk(duly, request, reply, desk, async (tx) => ({
        shown: await readVersion(tx, company.company_id, versionOf(request)),
        currencies: await currenciesOf(tx, company),
      }));
      const { shown, currencies } = found;
      const back = whatChangedInPolicy(working.inForce, shown.document, locale, currencies);
      return sendPage(reply, VersionPage({ frame, working, ...shown, back, currencies, locale }));
    });
    app.post(`${POLICY}/versions/:version/take-back`, async (request, reply) => {
      const desk = await deskOf(duly, request, 'change_settings');
      const { companyId } = desk.whose;
      const version = await inCompany(duly.db, companyId, async (tx) => {
        const { document } = await readVersion(tx, companyId, versionOf(request));
        const { version: number, ...body } = document;
        await replaceDraft(tx, desk.whose, body, desk.now);
        return number;
      });
      const said = `Version ${version} is in your draft. Look at what it changes, then save it.`;
      return redirectSaying(reply, `${desk.at}/draft`, said);
    });
  };
}

/** Not a number, or one that the database would not take: a version that there is not. */
function versionOf(request: FastifyRequest): number {
  const written = paramOf(request, 'version');
  return /^\d{1,9}$/.test(written) ? Number(written) : 0;
}
