import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { customerNameOf } from '../../../books/customer-name.store.ts';
import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';
import { type NamedPerson, readPeople, setPeople } from '../../../receivables/customer-people.store.ts';
import { requireCompany } from '../../company.plugin.ts';
import { redirectSaying } from '../../flash.ts';
import { fieldOf } from '../../form-fields.ts';
import { orRefused, type Refused } from '../../refused.ts';
import { sendPage } from '../../render.ts';
import { companyFrameOf } from '../frame.store.ts';
import { PeoplePage } from './people.view.tsx';

const PATH = '/companies/:companyId/customers/:customerId/people';

/** Who else is written to or told about a customer. */
export function peopleRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get(PATH, (request, reply) => show(duly, request, reply, null));
    app.post(PATH, async (request, reply) => {
      const { company, signedIn } = await requireCompany(request, 'change_settings');
      const customerId = customerIdOf(request);
      const { body } = request;
      const done = await orRefused('people', body, async () => {
        const wanted = {
          escalation: { ...personIn(body, 'escalation'), phone: fieldOf(body, 'escalationPhone', 40) },
          sales: personIn(body, 'sales'),
          emailConsent: consentIn(body),
        };
        await inCompany(duly.db, company.company_id, (tx) =>
          setPeople(tx, company.company_id, customerId, wanted, signedIn.personName, duly.clock.now()),
        );
        return 'These people are saved. What happens next is worked out again now.';
      });
      if (typeof done !== 'string') return await show(duly, request, reply, done);
      const at = `/companies/${company.company_id}/customers/${encodeURIComponent(customerId)}`;
      return redirectSaying(reply, at, done);
    });
  };
}

async function show(
  duly: Duly,
  request: FastifyRequest,
  reply: FastifyReply,
  refused: Refused | null,
): Promise<FastifyReply> {
  const access = await requireCompany(request, 'change_settings');
  const { company_id: companyId } = access.company;
  const customerId = customerIdOf(request);
  const { people, name } = await inCompany(duly.db, companyId, async (tx) => ({
    people: await readPeople(tx, companyId, customerId),
    name: await customerNameOf(tx, companyId, customerId),
  }));
  const frame = await companyFrameOf(duly, request, reply, access);
  const customer = { id: customerId, name };
  return sendPage(reply, PeoplePage({ frame, customer, people, refused }), refused?.status ?? 200);
}

function customerIdOf(request: FastifyRequest): string {
  return (request.params as { customerId: string }).customerId;
}

function personIn(body: unknown, name: 'escalation' | 'sales'): NamedPerson {
  return { name: fieldOf(body, `${name}Name`, 120), email: fieldOf(body, `${name}Email`, 254) };
}

function consentIn(body: unknown): boolean | null {
  const said = fieldOf(body, 'consent', 10);
  return said === 'yes' ? true : said === 'no' ? false : null;
}
