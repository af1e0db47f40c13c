import type { FastifyPluginAsync } from 'fastify';
import { policyEffect } from '../../../dunning/effect.store.ts';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import { saveDocument } from '../../../policies/document.store.ts';
import { redirectSaying } from '../../flash.ts';
import { sendPage } from '../../render.ts';
import { deskOf, openDesk, POLICY } from './desk.ts';
import { dropDraft, rebaseDraft, requireDraft } from './draft.store.ts';
import { ReviewPage } from './review.view.tsx';
import { readVersions } from './versions.store.ts';

/** What a draft would change, and saving it: the only place where changes of the policy come into force. */
export function reviewRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get(`${POLICY}/draft`, async (request, reply) => {
      const desk = await deskOf(duly, request, 'change_settings');
      const { company, locale, now } = desk;
      const { frame, working, found } = await openDesk(duly, request, reply, desk, async (tx, opened) => {
        const { draftOf, body, inForce, faults } = opened;
        const wish = { above: draftOf ?? inForce.version, limit: 50, timeZone: company.time_zone, locale };
        const since = await readVersions(tx, company.company_id, wish);
        const sound = draftOf !== null && !faults.some(({ level }) => level === 'refuse');
        const after = { ...body, version: inForce.version + 1 };
        return { since, effect: sound ? await policyEffect(tx, company, after, now) : null };
      });
      return sendPage(reply, ReviewPage({ frame, working, locale, ...found }));
    });
    app.post(`${POLICY}/draft/save`, async (request, reply) => {
      const desk = await deskOf(duly, request, 'change_settings');
      const { whose } = desk;
      try {
        const saved = await inCompany(duly.db, whose.companyId, async (tx) => {
          const { version: expectedVersion, ...document } = await requireDraft(tx, whose);
          const change = { expectedVersion, document };
          const after = await saveDocument(tx, whose.companyId, change, desk.by, desk.now);
          await dropDraft(tx, whose);
          return after;
        });
        const said = `Version ${saved.version} of the policy is in force. What comes next is worked out again now.`;
        return redirectSaying(reply, desk.at, said);
      } catch (error) {
        // the page that it leads back to says what is in the way, and what can be done about it
        if (!(error instanceof UserError) || ![400, 409].includes(error.status)) throw error;
        return redirectSaying(reply, `${desk.at}/draft`, `Nothing was saved. ${error.message}`, true);
      }
    });
    app.post(`${POLICY}/draft/rebase`, async (request, reply) => {
      const desk = await deskOf(duly, request, 'change_settings');
      await inCompany(duly.db, desk.whose.companyId, (tx) => rebaseDraft(tx, desk.whose, desk.now));
      return redirectSaying(reply, `${desk.at}/draft`, 'Your draft goes on from the version in force.');
    });
    app.post(`${POLICY}/draft/discard`, async (request, reply) => {
      const desk = await deskOf(duly, request, 'change_settings');
      await inCompany(duly.db, desk.whose.companyId, (tx) => dropDraft(tx, desk.whose));
      return redirectSaying(reply, desk.at, 'Your draft is gone. The policy is as it was.');
    });
  };
}
