import type { FastifyPluginAsync } from 'fastify';
import type { Currency } from '../../../domain/currency.ts';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import { setMinimumBalance } from '../../../policies/minimum.store.ts';
import type { Amounts } from '../../../policies/policy.ts';
import { requireCompany } from '../../company.plugin.ts';
import { redirectSaying } from '../../flash.ts';
import { fieldOf } from '../../form-fields.ts';
import { orRefused } from '../../refused.ts';
import { typedAmount } from '../../typed-amount.ts';
import { readMinimums } from './minimum.store.ts';
import { showSettings } from './show.routes.ts';

/** TOL-01: the amounts that are too little to be reminded of. */
export function minimumRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.post('/companies/:companyId/settings/minimum', async (request, reply) => {
      const access = await requireCompany(request, 'change_settings');
      const { company, signedIn } = access;
      const { company_id: companyId } = company;
      const done = await orRefused('minimum', request.body, () =>
        inCompany(duly.db, companyId, async (tx) => {
          const shown = await readMinimums(tx, company);
          const wanted: Amounts = Object.fromEntries(
            shown.map(({ currency }) => [currency, amountField(request.body, currency)]),
          );
          await setMinimumBalance(tx, companyId, wanted, signedIn.personName, duly.clock.now());
          return 'Saved. What is planned follows the amounts from now on.';
        }),
      );
      if (typeof done !== 'string') return await showSettings(duly, request, reply, access, done);
      return redirectSaying(reply, `/companies/${companyId}/settings#minimum`, done);
    });
  };
}

/** Minor units; 0 when the field is empty. Throws UserError bad_input for what is no amount of the currency. */
function amountField(body: unknown, currency: Currency): number {
  const written = fieldOf(body, `minimum-${currency}`, 20);
  if (written === '') return 0;
  const minor = typedAmount(written, currency);
  if (minor !== null) return minor;
  throw new UserError(
    'bad_input',
    `“${written}” is not an amount in ${currency}.`,
    'Write it as 5.00, or leave it empty.',
    `minimum-${currency}`,
  );
}
