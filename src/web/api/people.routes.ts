import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Duly } from '../../platform/context.ts';
import { readPeople, setPeople } from '../../receivables/customer-people.store.ts';
import { actor, inKeyCompany } from './caller.plugin.ts';
import { By, failures, Input, LedgerId, orNull, Uuid } from './schema.ts';

const params = Type.Object({ companyId: Uuid, customerId: LedgerId });
const Person = Type.Object({
  name: Type.String({ maxLength: 120 }),
  email: Type.String({ minLength: 1, maxLength: 254 }),
});
const phone = orNull(
  Type.String({ maxLength: 40, description: 'For calls; null: at the number of the customer.' }),
);
const others = { sales: orNull(Person), emailConsent: orNull(Type.Boolean()) };
const People = Type.Object(
  { escalation: orNull(Type.Object({ ...Person.properties, phone })), ...others },
  {
    description:
      'escalation: who at the customer is copied in, or called, by steps that widen the circle; sales: who of the ' +
      'business is told before a step goes out; emailConsent: whether the customer agreed to e-mail.',
  },
);
const wishedPhone = orNull(
  Type.String({
    maxLength: 40,
    description:
      'For calls. Absent: what is stored stays, unless both name and email are new, which is somebody else; null or ' +
      'empty: erased, they are called at the number of the customer.',
  }),
);
const wished = {
  escalation: orNull(Type.Object({ ...Person.properties, phone: Type.Optional(wishedPhone) })),
  ...others,
};

/** What the business says of a customer and no ledger knows. */
export function peopleApi(duly: Duly): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/customers/:customerId/people',
      {
        schema: {
          operationId: 'getPeople',
          summary: 'Who is copied in and who is told about a customer',
          tags: ['customers'],
          params,
          response: { 200: People, ...failures },
        },
      },
      (request) =>
        inKeyCompany(duly, request, (tx, companyId) => readPeople(tx, companyId, request.params.customerId)),
    );
    app.put(
      '/customers/:customerId/people',
      {
        schema: {
          operationId: 'setPeople',
          summary: 'Say who is copied in, who is told, and whether e-mail is agreed to',
          tags: ['customers'],
          params,
          body: Input({ ...wished, by: By }),
          response: { 200: People, ...failures },
        },
      },
      (request) =>
        inKeyCompany(duly, request, async (tx, companyId) => {
          const { customerId } = request.params;
          const { by, ...wanted } = request.body;
          await setPeople(tx, companyId, customerId, wanted, actor(by), duly.clock.now());
          return await readPeople(tx, companyId, customerId);
        }),
    );
  };
}
