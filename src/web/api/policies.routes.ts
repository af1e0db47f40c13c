import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Currency } from '../../domain/currency.ts';
import type { Duly } from '../../platform/context.ts';
import { UserError } from '../../platform/errors.ts';
import { setMinimumBalance } from '../../policies/minimum.store.ts';
import { actor, inKeyCompany } from './caller.plugin.ts';
import { By, CompanyParams, failures, Input, Money, money } from './schema.ts';

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

/** What of the policy can be changed. */
export function policyRoutes(duly: Duly): FastifyPluginAsyncTypebox {
  return async (app) => {
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
          tags: ['dunning'],
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
              money(minor, currency as Currency),
            ),
          };
        }),
    );
  };
}
