import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Action } from '../../../companies/roles.ts';
import { settleAnnouncement, toldByHand } from '../../../dunning/announcements/settle.store.ts';
import type { Duly } from '../../../platform/context.ts';
import { inCompany, type Tx } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import { loadCatalogue, saveConsequence } from '../../../policies/consequences/catalogue.store.ts';
import {
  asConsequenceKind,
  type ConsequenceKind,
  consequenceName,
} from '../../../policies/consequences/consequence.ts';
import { type CompanyAccess, requireCompany } from '../../company.plugin.ts';
import { redirectSaying } from '../../flash.ts';
import { fieldOf, isId } from '../../form-fields.ts';
import { orRefused, type Refused } from '../../refused.ts';
import { sendPage } from '../../render.ts';
import { companyFrameOf } from '../frame.store.ts';
import { readConsequences } from './consequences.store.ts';
import { ConsequencesPage } from './consequences.view.tsx';

interface Said {
  readonly tx: Tx;
  readonly companyId: string;
  readonly body: unknown;
  readonly by: string;
  readonly now: Date;
}

const onConsequences = { config: { standsOn: '/companies/:companyId/consequences' } };

/** The catalogue of consequences, and what was announced. */
export function consequencesRoutes(duly: Duly): FastifyPluginAsync {
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    access: CompanyAccess,
    refused: Refused | null,
  ): Promise<FastifyReply> => {
    const { company_id: companyId } = access.company;
    const seen = await inCompany(duly.db, companyId, (tx) => readConsequences(tx, companyId));
    const frame = await companyFrameOf(duly, request, reply, access);
    return sendPage(reply, ConsequencesPage({ frame, seen, refused }), refused?.status ?? 200);
  };
  return async (app) => {
    app.get('/companies/:companyId/consequences', async (request, reply) =>
      show(request, reply, await requireCompany(request, 'see'), null),
    );
    const post = (
      path: string,
      action: Action,
      formOf: (params: Readonly<Record<string, string>>) => string,
      work: (said: Said, params: Readonly<Record<string, string>>) => Promise<string>,
    ): void => {
      app.post(`/companies/:companyId/${path}`, onConsequences, async (request, reply) => {
        const access = await requireCompany(request, action);
        const { company_id: companyId } = access.company;
        const params = request.params as Readonly<Record<string, string>>;
        const { body } = request;
        const by = access.signedIn.personName;
        const done = await orRefused(formOf(params), body, () =>
          inCompany(duly.db, companyId, (tx) =>
            work({ tx, companyId, body, by, now: duly.clock.now() }, params),
          ),
        );
        if (typeof done !== 'string') return await show(request, reply, access, done);
        return redirectSaying(reply, `/companies/${companyId}/consequences`, done);
      });
    };
    post('consequences/:kind', 'change_settings', ({ kind }) => kind ?? '', approve);
    post('consequences/:kind/stop', 'change_settings', ({ kind }) => kind ?? '', takeOut);
    for (const path of ['done', 'withdraw', 'told'] as const)
      post(
        `announcements/:announcementId/${path}`,
        'approve',
        ({ announcementId }) => `${path}-${announcementId}`,
        (said, params) => settle(path, said, params),
      );
  };
}

async function approve({ tx, companyId, body, by, now }: Said, params: Readonly<Record<string, string>>) {
  const kind = kindIn(params);
  const days = fieldOf(body, 'leadDays', 6);
  const wanted = {
    ownerName: fieldOf(body, 'ownerName', 120),
    ownerEmail: fieldOf(body, 'ownerEmail', 254),
    leadDays: /^\d{1,3}$/.test(days) ? Number(days) : Number.NaN,
    doing: fieldOf(body, 'doing', 500),
    active: true,
  };
  await saveConsequence(tx, companyId, kind, wanted, by, now);
  return `Approved: ${consequenceName(kind)}. A step that announces it still needs a person to release it.`;
}

async function takeOut({ tx, companyId, by, now }: Said, params: Readonly<Record<string, string>>) {
  const kind = kindIn(params);
  const entry = (await loadCatalogue(tx, companyId)).get(kind);
  if (entry === undefined)
    throw new UserError('not_found', 'Nobody has approved it.', 'There is nothing to take out of use.');
  await saveConsequence(tx, companyId, kind, { ...entry, active: false }, by, now);
  return `Out of use: ${consequenceName(kind)}. What was announced already is still followed up.`;
}

const settledWords = {
  done: 'Written down as done.',
  withdraw:
    'Withdrawn. The customer is told by e-mail; where that cannot be, it stands here for a person to tell.',
  told: 'Written down: the customer knows.',
};

async function settle(
  path: 'done' | 'withdraw' | 'told',
  { tx, companyId, body, by, now }: Said,
  { announcementId = '' }: Readonly<Record<string, string>>,
) {
  if (!isId(announcementId))
    throw new UserError('not_found', 'There is no such announcement.', 'Load the page again.');
  const note = fieldOf(body, 'note', 500);
  if (path === 'told') await toldByHand(tx, companyId, announcementId, note, by, now);
  else {
    const as = path === 'done' ? 'done' : 'withdrawn';
    await settleAnnouncement(tx, companyId, announcementId, { as, note }, by, now);
  }
  return settledWords[path];
}

function kindIn({ kind = '' }: Readonly<Record<string, string>>): ConsequenceKind {
  const known = asConsequenceKind(kind);
  if (known !== null) return known;
  throw new UserError('not_found', 'There is no such consequence.', 'Choose one from the list.');
}
