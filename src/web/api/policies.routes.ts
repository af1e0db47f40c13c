import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Duly } from '../../platform/context.ts';
import { UserError } from '../../platform/errors.ts';
import { getDocument, saveDocument, setPaused } from '../../policies/document.store.ts';
import { setMinimumBalance } from '../../policies/minimum.store.ts';
import { withPreset } from '../../policies/presets/switch.ts';
import { type ApiApp, actor, inKeyCompany } from './caller.plugin.ts';
import { listVersions, readVersion } from './policies.store.ts';
import { NewPolicy, NewPreset, PolicyAnswer } from './policy-bodies.ts';
import {
  By,
  CompanyParams,
  failures,
  Input,
  Instant,
  Money,
  money,
  PageOf,
  PageQuery,
  Uuid,
} from './schema.ts';

const tags = ['policies'];
const answer = { 200: PolicyAnswer, ...failures };

/** The company's policy: reading it, changing it as a whole, and its history. */
export function policyRoutes(duly: Duly): FastifyPluginAsyncTypebox {
  return async (app) => {
    versions(app, duly);
    changes(app, duly);
    pauses(app, duly);
    minimumBalance(app, duly);
  };
}

function versions(app: ApiApp, duly: Duly): void {
  app.get(
    '/policy',
    {
      schema: {
        operationId: 'getPolicy',
        summary: 'The policy in force',
        tags,
        params: CompanyParams,
        response: answer,
      },
    },
    (request) => inKeyCompany(duly, request, getDocument),
  );
  app.get(
    '/policies',
    {
      schema: {
        operationId: 'listPolicies',
        summary: 'Versions of the policy, newest first, each with its author and what changed',
        tags,
        params: CompanyParams,
        querystring: PageQuery({}),
        response: {
          200: PageOf(
            Type.Object({
              version: Type.Integer(),
              inForce: Type.Boolean(),
              createdBy: Type.String(),
              createdAt: Instant,
              body: PolicyAnswer,
              changes: Type.Array(Type.String(), { description: 'Against the version before it.' }),
            }),
          ),
          ...failures,
        },
      },
    },
    (request) => inKeyCompany(duly, request, (tx, id) => listVersions(tx, id, request.query)),
  );
  app.get(
    '/policies/:version',
    {
      schema: {
        operationId: 'getPolicyVersion',
        summary: 'A version of the policy; decisions and touches name the one they used',
        tags,
        params: Type.Object({
          companyId: Uuid,
          version: Type.String({ pattern: '^[1-9]\\d{0,8}$', description: 'Its number.' }),
        }),
        response: answer,
      },
    },
    (request) => inKeyCompany(duly, request, (tx, id) => readVersion(tx, id, Number(request.params.version))),
  );
}

function changes(app: ApiApp, duly: Duly): void {
  app.put(
    '/policy',
    {
      schema: {
        operationId: 'setPolicy',
        summary: 'A new version of the whole policy',
        description:
          'SEQ-12: what cannot be carried out is refused, every fault at once. SEQ-17: a touch that stands keeps the ' +
          'step it was planned with; everything after it follows the new version.',
        tags,
        params: CompanyParams,
        body: NewPolicy,
        response: answer,
      },
    },
    (request) =>
      inKeyCompany(duly, request, (tx, id) =>
        saveDocument(tx, id, request.body, actor(request.body.by), duly.clock.now()),
      ),
  );
  app.post(
    '/policy/preset',
    {
      schema: {
        operationId: 'choosePreset',
        summary: 'Go by another preset; what the business set itself stays',
        tags,
        params: CompanyParams,
        body: NewPreset,
        response: answer,
      },
    },
    (request) =>
      inKeyCompany(duly, request, async (tx, id) => {
        const { expectedVersion, preset, by } = request.body;
        const document = withPreset(await getDocument(tx, id), preset);
        return await saveDocument(tx, id, { expectedVersion, document }, actor(by), duly.clock.now());
      }),
  );
}

/** SEQ-22: paused, a sequence or a segment sends nothing; resumed, it goes on where it was. */
function pauses(app: ApiApp, duly: Duly): void {
  for (const part of ['sequences', 'segments'] as const)
    for (const doing of ['pause', 'resume'] as const) {
      const [one, upper] = part === 'sequences' ? ['sequence', 'Sequence'] : ['segment', 'Segment'];
      app.post(
        `/policy/${part}/:key/${doing}`,
        {
          schema: {
            operationId: `${doing}${upper}`,
            summary: `${doing === 'pause' ? 'Pause' : 'Resume'} a ${one}: a new version of the policy`,
            tags,
            params: Type.Object({ companyId: Uuid, key: Type.String({ minLength: 1, maxLength: 40 }) }),
            body: Input({ by: By }),
            response: answer,
          },
        },
        (request) =>
          inKeyCompany(duly, request, (tx, id) =>
            setPaused(
              tx,
              id,
              { part, key: request.params.key, paused: doing === 'pause' },
              actor(request.body.by),
              duly.clock.now(),
            ),
          ),
      );
    }
}

const MinimumBalance = Type.Object({
  version: Type.Integer({ description: 'Of the policy that is in force now.' }),
  amounts: Type.Array(Money),
});

const NewMinimum = Input({
  amounts: Type.Array(
    Input({
      minor: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
      currency: Type.String({ minLength: 3, maxLength: 3 }),
    }),
    { maxItems: 200 },
  ),
  by: By,
});

function minimumBalance(app: ApiApp, duly: Duly): void {
  app.put(
    '/policies/minimum-balance',
    {
      schema: {
        operationId: 'setMinimumBalance',
        summary: 'What a customer may owe, by currency, without being reminded of it',
        description:
          'TOL-01, TOL-02: what remains at or under the amount of its currency is not reminded of. A currency that is ' +
          'not named has no minimum: everything in it is chased, and nothing is converted. All amounts at once; a new ' +
          'version of the policy.',
        tags,
        params: CompanyParams,
        body: NewMinimum,
        response: { 200: MinimumBalance, ...failures },
      },
    },
    (request) =>
      inKeyCompany(duly, request, async (tx, companyId) => {
        const { amounts, by } = request.body;
        const minimums = Object.fromEntries(amounts.map(({ currency, minor }) => [currency, minor]));
        if (Object.keys(minimums).length < amounts.length)
          throw new UserError('bad_input', 'A currency is named twice.', 'Send one amount a currency.');
        const policy = await setMinimumBalance(tx, companyId, minimums, actor(by), duly.clock.now());
        return {
          version: policy.version,
          amounts: Object.entries(policy.settings.minimumBalance).map(([currency, minor]) =>
            money(minor, currency),
          ),
        };
      }),
  );
}
