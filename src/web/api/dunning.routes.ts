import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Duly } from '../../platform/context.ts';
import { inKeyCompany } from './caller.plugin.ts';
import { listCases, listDecisions } from './dunning.store.ts';
import {
  CompanyParams,
  CurrencyCode,
  DayText,
  existingDay,
  failures,
  Instant,
  LedgerId,
  orNull,
  PageOf,
  PageQuery,
  Reasons,
  Uuid,
} from './schema.ts';

const CaseState = Type.Enum(['open', 'closed']);
const Verdict = Type.Enum(['touch', 'wait', 'held', 'nothing_due']);

const CaseBody = Type.Object({
  caseId: Uuid,
  customerId: Type.String(),
  customerName: orNull(Type.String()),
  currency: CurrencyCode,
  reference: Type.String({ description: 'As it stands in the messages.' }),
  state: CaseState,
  closeReason: orNull(Type.String()),
  openedOn: DayText,
  openedAt: Instant,
  closedAt: orNull(Instant),
  nextStep: orNull(Type.String({ description: 'Key of the step that is next, as decided last.' })),
  nextAt: orNull(Instant),
  decision: orNull(Type.Object({ day: DayText, verdict: Verdict, reasons: Reasons })),
});

const DecisionBody = Type.Object({
  customerId: Type.String(),
  currency: CurrencyCode,
  day: DayText,
  decidedAt: Instant,
  verdict: Verdict,
  reasons: Reasons,
  stepKey: orNull(Type.String()),
  nextAt: orNull(Instant),
  policyVersion: Type.Integer(),
});

const tags = ['dunning'];

/** Cases, and decisions with their reasons. */
export function dunningRoutes(duly: Duly): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/cases',
      {
        schema: {
          operationId: 'listCases',
          summary: 'Customers being pursued, per currency, each with its latest decision',
          tags,
          params: CompanyParams,
          querystring: PageQuery({
            state: Type.Optional(CaseState),
            customerId: Type.Optional(LedgerId),
          }),
          response: { 200: PageOf(CaseBody), ...failures },
        },
      },
      (request) => inKeyCompany(duly, request, (tx, id) => listCases(tx, id, request.query)),
    );
    app.get(
      '/decisions',
      {
        schema: {
          operationId: 'listDecisions',
          summary: 'What was or was not done for a customer on a day, by which rule, on which figures',
          tags,
          params: CompanyParams,
          querystring: PageQuery({
            customerId: Type.Optional(LedgerId),
            day: Type.Optional(DayText),
          }),
          response: { 200: PageOf(DecisionBody), ...failures },
        },
      },
      (request) => {
        const { day, ...query } = request.query;
        const wish = day === undefined ? query : { ...query, day: existingDay(day, 'day') };
        return inKeyCompany(duly, request, (tx, id) => listDecisions(tx, id, wish));
      },
    );
  };
}
