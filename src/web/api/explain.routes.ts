import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { getCompany } from '../../companies/company.store.ts';
import { dayAt } from '../../domain/day.ts';
import { type Explanation, explain } from '../../dunning/explain.store.ts';
import { questions } from '../../dunning/explain.ts';
import type { Duly } from '../../platform/context.ts';
import { inKeyCompany } from './caller.plugin.ts';
import {
  CurrencyCode,
  DayText,
  existingDay,
  failures,
  Input,
  Instant,
  isoOrNull,
  LedgerId,
  orNull,
  Reasons,
  Uuid,
} from './schema.ts';

const Explained = Type.Object({
  customerId: Type.String(),
  currency: CurrencyCode,
  day: DayText,
  source: Type.Enum(['decided', 'now', 'ahead', 'not_yet'], {
    description:
      'decided: the decision that stood on the day; now: as the facts stand; ahead: as it would be if nobody paid; ' +
      'not_yet: nothing had been decided by then.',
  }),
  about: Type.String({ description: 'Where the decision comes from, and whether it still stood.' }),
  decidedAt: orNull(Instant),
  verdict: orNull(Type.Enum(['touch', 'wait', 'held', 'nothing_due'])),
  stepKey: orNull(Type.String()),
  stepName: orNull(Type.String({ description: 'What people call it in the policy that decided.' })),
  nextAt: orNull(Instant),
  branches: Type.Array(
    Type.Object({
      question: Type.Enum([...questions]),
      words: Type.String(),
      answers: Reasons,
      settles: Type.Boolean({ description: 'Here the decision was made.' }),
      skipped: Type.Boolean({ description: 'Not asked any more: the matter was settled before.' }),
    }),
    { description: 'The questions in the order in which they are asked, each with its answers.' },
  ),
});

/** Promise 5: every decision explains itself. */
export function explainRoutes(duly: Duly): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/customers/:customerId/explain',
      {
        schema: {
          operationId: 'explain',
          summary: 'For a customer and a day, the decision as a tree of questions, in words',
          description:
            'A past day: the decision that stood on it. Today: what was decided, or would be now. A later day (at most ' +
            '90 ahead): what would be decided if nobody paid. Nothing is written.',
          tags: ['dunning'],
          params: Type.Object({ companyId: Uuid, customerId: LedgerId }),
          querystring: Input({
            day: Type.Optional(DayText),
            currency: Type.Optional(Type.String({ minLength: 3, maxLength: 3 })),
          }),
          response: { 200: Type.Object({ items: Type.Array(Explained) }), ...failures },
        },
      },
      (request) =>
        inKeyCompany(duly, request, async (tx, companyId) => {
          const now = duly.clock.now();
          const { day: text, currency } = request.query;
          const day =
            text === undefined
              ? dayAt(now, (await getCompany(tx, companyId)).time_zone)
              : existingDay(text, 'day');
          const { customerId } = request.params;
          const wish = { customerId, day, ...(currency === undefined ? {} : { currency }) };
          return { items: (await explain(tx, companyId, wish, now)).map(shown) };
        }),
    );
  };
}

function shown({ decidedAt, nextAt, branches, ...rest }: Explanation) {
  return {
    ...rest,
    decidedAt: isoOrNull(decidedAt),
    nextAt: isoOrNull(nextAt),
    branches: branches.map((branch) => ({ ...branch, answers: branch.answers.map((each) => ({ ...each })) })),
  };
}
