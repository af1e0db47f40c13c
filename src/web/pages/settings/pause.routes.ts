import type { FastifyPluginAsync } from 'fastify';
import { type Day, dayAt, formatDay, parseDay } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import { setHold } from '../../../receivables/hold.store.ts';
import { liftHold, standingHold } from '../../../receivables/hold-lift.store.ts';
import { requireCompany } from '../../company.plugin.ts';
import { redirectSaying } from '../../flash.ts';
import { fieldOf, sayingFaults, uuidField } from '../../form-fields.ts';
import { liftWish, requireMayHold } from '../../hold-rights.ts';
import { orRefused } from '../../refused.ts';
import { showSettings } from './show.routes.ts';

/** Pausing a whole company, and letting it go on. */
export function pauseRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.post('/companies/:companyId/settings/pause', async (request, reply) => {
      const access = await requireCompany(request, 'see');
      const { company, signedIn } = access;
      const { company_id: companyId } = company;
      requireMayHold(signedIn, { doing: 'set', kind: 'pause', scope: 'company', own: false });
      const now = duly.clock.now();
      const done = await orRefused('pause', request.body, async () => {
        const endsOn = lastDay(request.body);
        const reason = fieldOf(request.body, 'reason', 300);
        await inCompany(duly.db, companyId, (tx) =>
          setHold(
            tx,
            companyId,
            {
              kind: 'pause',
              scope: 'company',
              reason,
              setBy: signedIn.personName,
              setByPersonId: signedIn.personId,
              startsOn: dayAt(now, company.time_zone),
              endsOn,
            },
            now,
          ),
        );
        return endsOn === null
          ? 'All reminders rest until somebody lets them go on.'
          : `All reminders rest until ${formatDay(endsOn, localeOf(company.country))}, that day included.`;
      });
      if (typeof done !== 'string') return await showSettings(duly, request, reply, access, done);
      return redirectSaying(reply, `/companies/${companyId}/settings`, done);
    });
    app.post('/companies/:companyId/settings/resume', async (request, reply) => {
      const { company, signedIn } = await requireCompany(request, 'see');
      const { company_id: companyId } = company;
      const { said, bad } = await sayingFaults(() =>
        inCompany(duly.db, companyId, async (tx) => {
          const holdId = uuidField(request.body, 'hold');
          const hold = await standingHold(tx, companyId, holdId);
          requireMayHold(signedIn, liftWish(signedIn, hold));
          await liftHold(tx, companyId, holdId, signedIn.personName, duly.clock.now());
          return 'The pause is lifted. What happens next is worked out again now.';
        }),
      );
      return redirectSaying(reply, `/companies/${companyId}/settings`, said, bad);
    });
  };
}

/** Null: open-ended. Throws UserError bad_input when the day is missing or does not exist. */
function lastDay(body: unknown): Day | null {
  if (fieldOf(body, 'end', 10) === 'open') return null;
  const found = parseDay(fieldOf(body, 'until', 20));
  if (found !== null) return found;
  throw new UserError(
    'bad_input',
    'The day is missing or does not exist.',
    'Choose a day from the calendar.',
    'until',
  );
}
