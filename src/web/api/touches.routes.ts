import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { cancelTouch } from '../../dunning/approval.store.ts';
import type { Duly } from '../../platform/context.ts';
import { type ApiApp, actor, inKeyCompany } from './caller.plugin.ts';
import { By, CompanyParams, failures, Input, LedgerId, PageOf, PageQuery, Uuid, Words } from './schema.ts';
import { OVERRIDE, Preview, TouchBody, TouchState, TouchWithMessage } from './touch-bodies.ts';
import { previewTouch, release } from './touch-commands.store.ts';
import { listTouches, readTouch } from './touches.store.ts';

const TouchParams = Type.Object({ companyId: Uuid, touchId: Uuid });
const tags = ['touches'];

/** Touches with their messages; releasing them and taking them back. */
export function touchRoutes(duly: Duly): FastifyPluginAsyncTypebox {
  return async (app) => {
    touchesToRead(app, duly);
    touchesToDecide(app, duly);
  };
}

/** Touches and their messages. */
function touchesToRead(app: ApiApp, duly: Duly): void {
  app.get(
    '/touches',
    {
      schema: {
        operationId: 'listTouches',
        summary: 'Touches, oldest first, with the invoices each is about',
        tags,
        params: CompanyParams,
        querystring: PageQuery({
          state: Type.Optional(TouchState),
          customerId: Type.Optional(LedgerId),
          caseId: Type.Optional(Uuid),
        }),
        response: { 200: PageOf(TouchBody), ...failures },
      },
    },
    (request) => inKeyCompany(duly, request, (tx, id) => listTouches(tx, id, request.query)),
  );
  app.get(
    '/touches/:touchId',
    {
      schema: {
        operationId: 'getTouch',
        summary: 'One touch with its message, exactly as it was or will be sent, once it is composed',
        tags,
        params: TouchParams,
        response: { 200: TouchWithMessage, ...failures },
      },
    },
    (request) => inKeyCompany(duly, request, (tx, id) => readTouch(tx, id, request.params.touchId)),
  );
  app.get(
    '/touches/:touchId/preview',
    {
      schema: {
        operationId: 'previewTouch',
        summary: 'The message of a touch as it would leave now',
        tags,
        params: TouchParams,
        response: { 200: Preview, ...failures },
      },
    },
    (request) => inKeyCompany(duly, request, (tx, id) => previewTouch(duly, tx, id, request.params.touchId)),
  );
}

/** A person’s word on touches that wait. */
function touchesToDecide(app: ApiApp, duly: Duly): void {
  app.post(
    '/approvals',
    {
      schema: {
        operationId: 'approveTouches',
        summary: 'Release touches that wait for a person (S4)',
        description: 'One that does not wait any more is passed over. 409 in preview: nothing may leave.',
        tags,
        params: CompanyParams,
        body: Input({
          touchIds: Type.Union([
            Type.Literal('all', {
              description:
                'Every touch that waits now, except final notices and what announces a consequence: those are named.',
            }),
            Type.Array(Uuid, { minItems: 1, maxItems: 1_000 }),
          ]),
          reason: Type.Optional(Words(300, OVERRIDE)),
          by: By,
        }),
        response: { 200: Type.Object({ released: Type.Integer() }), ...failures },
      },
    },
    (request) => {
      const { touchIds, by, reason } = request.body;
      const now = duly.clock.now();
      return inKeyCompany(duly, request, async (tx, id) => ({
        released: await release(tx, id, touchIds, actor(by), now, reason ?? ''),
      }));
    },
  );
  app.post(
    '/touches/:touchId/cancel',
    {
      schema: {
        operationId: 'cancelTouch',
        summary: 'Take a touch back before it leaves',
        tags,
        params: TouchParams,
        body: Input({ reason: Words(300, 'Why it should not be sent.'), by: By }),
        response: { 200: TouchWithMessage, ...failures },
      },
    },
    (request) =>
      inKeyCompany(duly, request, async (tx, companyId) => {
        const { touchId } = request.params;
        const { reason, by } = request.body;
        await cancelTouch(tx, companyId, touchId, reason, actor(by), duly.clock.now());
        return await readTouch(tx, companyId, touchId);
      }),
  );
}
