import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Duly } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import type { PolicyBody, Segment } from '../../../policies/document.ts';
import { redirectSaying } from '../../flash.ts';
import { sendPage } from '../../render.ts';
import { type Answers, answersIn, type FieldFaults, Form } from './answers.ts';
import {
  attesterOf,
  currenciesOf,
  type Desk,
  deskOf,
  edit,
  openDesk,
  POLICY,
  paramOf,
  queryOf,
} from './desk.ts';
import { readMembers } from './members.store.ts';
import { pauseAtOnce, pausedWords } from './pause.store.ts';
import { faultsBelow } from './places.ts';
import { rowRemoved } from './row-removed.ts';
import { SegmentPage } from './segment.view.tsx';
import { moveSegment, readSegment, removeSegment, segmentAnswers } from './segment-form.ts';
import { SegmentsPage } from './segments.view.tsx';
import { freshKey } from './sequence-edit.ts';

const SEGMENTS = `${POLICY}/segments`;
const onSegments = { config: { standsOn: SEGMENTS } };
const PAGE = 50;

/** Segments: their order and rules in the person's draft, and whom that puts where. */
export function segmentsRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get(SEGMENTS, (request, reply) => list(duly, request, reply));
    app.get(`${POLICY}/new-segment`, async (request, reply) => {
      const desk = await deskOf(duly, request, 'change_settings');
      return await show(duly, request, reply, { desk, key: null, refused: null });
    });
    app.get(`${SEGMENTS}/:segment`, async (request, reply) => {
      const desk = await deskOf(duly, request, 'change_settings');
      return await show(duly, request, reply, { desk, key: paramOf(request, 'segment'), refused: null });
    });
    app.post(SEGMENTS, (request, reply) => keep(duly, request, reply, null));
    app.post(`${SEGMENTS}/:segment`, (request, reply) =>
      keep(duly, request, reply, paramOf(request, 'segment')),
    );
    for (const doing of ['pause', 'resume'] as const)
      app.post(`${SEGMENTS}/:segment/${doing}`, onSegments, async (request, reply) => {
        const desk = await deskOf(duly, request, 'change_settings');
        const key = paramOf(request, 'segment');
        const paused = doing === 'pause';
        await pauseAtOnce(duly, desk, { part: 'segments', key, paused });
        return redirectSaying(reply, `${desk.at}/segments`, pausedWords(paused, 'to its customers'));
      });
    for (const doing of ['up', 'down', 'remove'] as const)
      app.post(`${SEGMENTS}/:segment/${doing}`, onSegments, async (request, reply) => {
        const desk = await deskOf(duly, request, 'change_settings');
        const key = paramOf(request, 'segment');
        let told = {
          said: `Moved ${doing} in your draft.`,
          focus: `${encodeURIComponent(key)}&doing=${doing}`,
        };
        await edit(duly, desk, (body) => {
          if (doing !== 'remove') return moveSegment(body, key, doing === 'up' ? -1 : 1);
          told = rowRemoved(body.segments, key);
          return removeSegment(body, key);
        });
        return redirectSaying(reply, `${desk.at}/segments?key=${told.focus}`, told.said);
      });
  };
}

async function list(duly: Duly, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const desk = await deskOf(duly, request, 'see');
  const asked = (request.query as Readonly<Record<string, unknown>>).only;
  const only = typeof asked === 'string' ? asked : null;
  const start = Number(queryOf(request, 'from'));
  const from = Number.isSafeInteger(start) && start > 0 ? start : 0;
  const { frame, working, found } = await openDesk(duly, request, reply, desk, async (tx, { body }) => ({
    members: await readMembers(tx, desk.company, body, { segment: only, from, limit: PAGE }, desk.now),
    currencies: await currenciesOf(tx, desk.company),
  }));
  const focus = { key: queryOf(request, 'key'), doing: queryOf(request, 'doing') };
  const shown = { only, from, page: PAGE, locale: desk.locale, focus };
  return sendPage(reply, SegmentsPage({ frame, working, ...found, ...shown }));
}

interface Shown {
  readonly desk: Desk;
  /** Null: a new one. */
  readonly key: string | null;
  readonly refused: { readonly answers: Answers; readonly faults: FieldFaults } | null;
}

async function show(
  duly: Duly,
  request: FastifyRequest,
  reply: FastifyReply,
  { desk, key, refused }: Shown,
): Promise<FastifyReply> {
  const { frame, working, found } = await openDesk(duly, request, reply, desk, async (tx) => ({
    currencies: await currenciesOf(tx, desk.company),
    groups: await groupsOf(tx, desk.company.company_id),
  }));
  const segment = segmentIn(working.body, key);
  const index = working.body.segments.findIndex((one) => one.key === key);
  const { answers, faults } = refused ?? {
    answers: segmentAnswers(segment, found.currencies),
    faults: index < 0 ? new Map() : bare(faultsBelow(working.faults, `segments.${index}`)),
  };
  const form = new Form(answers, faults);
  return sendPage(
    reply,
    SegmentPage({ frame, working, segmentKey: key, form, ...found }),
    refused === null ? 200 : 400,
  );
}

/** The fields of what is different have the names that they have for everybody. */
function bare(faults: FieldFaults): FieldFaults {
  return new Map([...faults].map(([path, words]) => [path.replace(/^settings\./, ''), words]));
}

async function keep(
  duly: Duly,
  request: FastifyRequest,
  reply: FastifyReply,
  key: string | null,
): Promise<FastifyReply> {
  const desk = await deskOf(duly, request, 'change_settings');
  const answers = answersIn(request.body);
  const { working, found } = await openDesk(duly, request, reply, desk, (tx) =>
    currenciesOf(tx, desk.company),
  );
  const read = readSegment(answers, segmentIn(working.body, key), working.body, found, attesterOf(desk));
  if (read.reader.faults.size > 0)
    return await show(duly, request, reply, { desk, key, refused: { answers, faults: read.reader.faults } });
  const taken = working.body.segments.map((one) => one.key);
  const kept = key ?? freshKey(read.segment.name, 1, taken);
  const segment = { ...read.segment, key: kept };
  await edit(duly, desk, (body) => ({
    ...body,
    segments:
      key === null
        ? [...body.segments, segment]
        : body.segments.map((one) => (one.key === key ? segment : one)),
  }));
  const { working: after } = await openDesk(duly, request, reply, desk, async () => null);
  const index = after.body.segments.findIndex((one) => one.key === kept);
  const at = `${desk.at}/segments`;
  return faultsBelow(after.faults, `segments.${index}`).size > 0
    ? redirectSaying(reply, `${at}/${kept}`, 'Kept in your draft, but it can’t be saved like this.', true)
    : redirectSaying(reply, at, `“${segment.name}” is kept in your draft.`);
}

function segmentIn(body: PolicyBody, key: string | null): Segment {
  if (key === null) return { key: '', name: '', when: {}, settings: {}, paused: false };
  const found = body.segments.find((one) => one.key === key);
  if (found !== undefined) return found;
  throw new UserError('not_found', 'The policy has no such segment.', 'Choose one from the list.');
}

/** The groups that the ledger puts customers into, the first ones by name. */
async function groupsOf(tx: Tx, companyId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`select distinct unnest(groups) as name from customer
    where company_id = ${companyId} order by name limit 30`.execute(tx);
  return rows.map(({ name }) => name);
}
