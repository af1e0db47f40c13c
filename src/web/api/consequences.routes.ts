import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { readAnnouncements } from '../../dunning/announcements/read.store.ts';
import { settleAnnouncement, toldByHand } from '../../dunning/announcements/settle.store.ts';
import type { Duly } from '../../platform/context.ts';
import type { Tx } from '../../platform/db.ts';
import { loadCatalogue, saveConsequence } from '../../policies/consequences/catalogue.store.ts';
import { consequenceKinds } from '../../policies/consequences/consequence.ts';
import { type ApiApp, actor, inKeyCompany } from './caller.plugin.ts';
import {
  AnnouncementBody,
  announcementBody,
  ConsequenceBody,
  consequenceBody,
  Kind,
  wanted,
} from './consequence-bodies.ts';
import { By, CompanyParams, failures, Input, LedgerId, Uuid, Words } from './schema.ts';

const tags = ['consequences'];

/** P8: what the business may say it will do, and what became of what it said. */
export function consequenceRoutes(duly: Duly): FastifyPluginAsyncTypebox {
  return async (app) => {
    catalogue(app, duly);
    app.get(
      '/announcements',
      {
        schema: {
          operationId: 'listAnnouncements',
          summary: 'What was announced to customers: the next day to act first, settled ones behind',
          tags,
          params: CompanyParams,
          querystring: Input({
            state: Type.Optional(
              Type.Enum(['live', 'all'], {
                description: 'live: to be done or withdrawn still; all if absent.',
              }),
            ),
            customerId: Type.Optional(LedgerId),
          }),
          response: { 200: Type.Object({ items: Type.Array(AnnouncementBody) }), ...failures },
        },
      },
      (request) =>
        inKeyCompany(duly, request, async (tx, companyId) => {
          const { state = 'all', customerId } = request.query;
          const customers = customerId === undefined ? {} : { customerIds: [customerId] };
          const rows = await readAnnouncements(tx, companyId, { state, ...customers });
          return { items: rows.map(announcementBody) };
        }),
    );
    settling(app, duly);
  };
}

function catalogue(app: ApiApp, duly: Duly): void {
  app.get(
    '/consequences',
    {
      schema: {
        operationId: 'listConsequences',
        summary: 'The catalogue: every kind, approved or not',
        tags,
        params: CompanyParams,
        response: { 200: Type.Object({ items: Type.Array(ConsequenceBody) }), ...failures },
      },
    },
    (request) =>
      inKeyCompany(duly, request, async (tx, companyId) => {
        const entries = await loadCatalogue(tx, companyId);
        return { items: consequenceKinds.map((kind) => consequenceBody(kind, entries.get(kind))) };
      }),
  );
  app.put(
    '/consequences/:kind',
    {
      schema: {
        operationId: 'putConsequence',
        summary: 'Approve a consequence, so that a step can announce it, or take it out of use',
        tags,
        params: Type.Object({ companyId: Uuid, kind: Kind }),
        body: Input({ ...wanted, by: By }),
        response: { 200: ConsequenceBody, ...failures },
      },
    },
    (request) =>
      inKeyCompany(duly, request, async (tx, companyId) => {
        const { kind } = request.params;
        const { by, ...entry } = request.body;
        const saved = await saveConsequence(tx, companyId, kind, entry, actor(by), duly.clock.now());
        return consequenceBody(kind, saved);
      }),
  );
}

const wish = (description: string) => ({
  params: Type.Object({ companyId: Uuid, announcementId: Uuid }),
  body: Input({ note: Words(500, description), by: By }),
  response: { 200: AnnouncementBody, ...failures },
});

function settling(app: ApiApp, duly: Duly): void {
  for (const [path, as, summary] of [
    ['done', 'done', 'What was announced is done; not before its day'],
    ['withdraw', 'withdrawn', 'What was announced will not be done; the customer is told by e-mail'],
  ] as const)
    app.post(
      `/announcements/:announcementId/${path}`,
      {
        schema: { operationId: `${path}Announcement`, summary, tags, ...wish('What was done, or why not.') },
      },
      (request) =>
        inKeyCompany(duly, request, async (tx, companyId) => {
          const { announcementId } = request.params;
          const { note, by } = request.body;
          const said = { as, note };
          await settleAnnouncement(tx, companyId, announcementId, said, actor(by), duly.clock.now());
          return await answer(tx, companyId, announcementId);
        }),
    );
  app.post(
    '/announcements/:announcementId/told',
    {
      schema: {
        operationId: 'toldAnnouncement',
        summary: 'A person told the customer of a withdrawal that Duly could not tell',
        tags,
        ...wish('How the customer was told.'),
      },
    },
    (request) =>
      inKeyCompany(duly, request, async (tx, companyId) => {
        const { announcementId } = request.params;
        const { note, by } = request.body;
        await toldByHand(tx, companyId, announcementId, note, actor(by), duly.clock.now());
        return await answer(tx, companyId, announcementId);
      }),
  );
}

async function answer(tx: Tx, companyId: string, announcementId: string) {
  const [row] = await readAnnouncements(tx, companyId, { announcementId });
  if (row === undefined) throw new Error('an announcement vanished');
  return announcementBody(row);
}
