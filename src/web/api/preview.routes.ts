import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Duly } from '../../platform/context.ts';
import { channels, stages } from '../../policies/step.ts';
import { inKeyCompany } from './caller.plugin.ts';
import { readPreview } from './preview.store.ts';
import {
  CompanyParams,
  CurrencyCode,
  DayText,
  failures,
  Input,
  Instant,
  LedgerId,
  Money,
  orNull,
  Reasons,
} from './schema.ts';
import { CallTaskBody } from './touch-bodies.ts';

const PreviewedTouch = Type.Object({
  customerId: Type.String(),
  customerName: Type.String(),
  currency: CurrencyCode,
  stepKey: Type.String(),
  stepName: Type.String(),
  stage: Type.Enum([...stages]),
  channel: Type.Enum([...channels]),
  needsPerson: Type.Boolean({ description: 'S4: whatever the mode, a person releases it.' }),
  day: DayText,
  at: Instant,
  ask: Money,
  invoices: Type.Array(
    Type.Object({
      invoiceId: Type.String(),
      stepKey: Type.String({ description: 'The step it goes through; `listed`: only mentioned (S2).' }),
      open: Money,
    }),
  ),
  task: CallTaskBody,
  reasons: Reasons,
});

const PreviewBody = Type.Object({
  from: DayText,
  days: Type.Integer(),
  brakedDays: orNull(
    Type.Array(DayText),
    'S4: the days that plan so much more than usual that a person releases them on autopilot, too; in `approve` there ' +
      'is none, as a person releases every batch. Null for one customer: it is asked of the whole company.',
  ),
  items: Type.Array(PreviewedTouch, { description: 'In the order of time.' }),
});

/** What would be said in the coming days. */
export function previewRoutes(duly: Duly): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/preview',
      {
        schema: {
          operationId: 'preview',
          summary: 'What would be said to whom in the coming days, if nobody paid',
          description:
            'S7: the decision of the real run, played forward on the facts as they stand; nothing is written and ' +
            'nothing leaves. Calls and letters count as done on their day, and what needs a person as released.',
          tags: ['dunning'],
          params: CompanyParams,
          querystring: Input({
            days: Type.Optional(
              Type.Integer({ minimum: 1, maximum: 90, description: 'Today included; 30 if not given.' }),
            ),
            customerId: Type.Optional(LedgerId),
          }),
          response: { 200: PreviewBody, ...failures },
        },
      },
      (request) => {
        const { days = 30, customerId } = request.query;
        const wish = customerId === undefined ? { days } : { days, customerId };
        return inKeyCompany(duly, request, (tx, id) => readPreview(tx, id, duly.clock.now(), wish));
      },
    );
  };
}
