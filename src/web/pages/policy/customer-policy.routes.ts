import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { customerNameOf } from '../../../books/customer-name.store.ts';
import type { Duly } from '../../../platform/context.ts';
import { inCompany, type Tx } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import { checkCustomerPolicy } from '../../../policies/check-document.ts';
import { loadCustomerFacts } from '../../../policies/customer-facts.store.ts';
import { saveCustomerPolicy, storedCustomerPolicy } from '../../../policies/customer-policy.store.ts';
import { getDocument } from '../../../policies/document.store.ts';
import type { CustomerPolicy } from '../../../policies/document.ts';
import { policyFor } from '../../../policies/resolve.ts';
import { redirectSaying } from '../../flash.ts';
import { sendPage } from '../../render.ts';
import { type Answers, answersIn, type FieldFaults, Form } from './answers.ts';
import { CustomerPolicyPage } from './customer-policy.view.tsx';
import { attesterOf, currenciesOf, type Desk, deskOf, openDesk, paramOf } from './desk.ts';
import { ownAnswers, readOwn } from './own-settings.ts';
import { Reader } from './reader.ts';

const PATH = '/companies/:companyId/customers/:customerId/policy';

interface RefusedForm {
  readonly answers: Answers;
  readonly faults: FieldFaults;
}

/** What one customer has for itself. Saved at once: it is one customer, and its page says what comes of it. */
export function customerPolicyPageRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get(PATH, async (request, reply) => {
      const desk = await deskOf(duly, request, 'see');
      return await show(duly, request, reply, desk, null);
    });
    app.post(PATH, async (request, reply) => {
      const desk = await deskOf(duly, request, 'change_settings');
      const { companyId } = desk.whose;
      const customerId = paramOf(request, 'customerId');
      const answers = answersIn(request.body);
      const refused = await inCompany(duly.db, companyId, (tx) => save(tx, desk, customerId, answers));
      if (refused !== null) return await show(duly, request, reply, desk, refused);
      const at = `/companies/${companyId}/customers/${encodeURIComponent(customerId)}/policy`;
      return redirectSaying(reply, at, 'Saved. What comes next is worked out again now.');
    });
  };
}

/** Null: it is saved. */
async function save(tx: Tx, desk: Desk, customerId: string, answers: Answers): Promise<RefusedForm | null> {
  const { companyId } = desk.whose;
  const document = await getDocument(tx, companyId);
  const before = await storedCustomerPolicy(tx, companyId, customerId);
  const reader = new Reader(answers);
  const currencies = await currenciesOf(tx, desk.company);
  const own: Omit<CustomerPolicy, 'version'> = {
    segment: reader.text('segment') || null,
    settings: readOwn(reader, before.settings, document.settings, currencies, attesterOf(desk)),
    paused: reader.is('paused'),
  };
  const expectedVersion = reader.whole('version');
  const judged = checkCustomerPolicy(own, document)
    .filter(({ level }) => level === 'refuse')
    .map((fault) => [fault.path.replace(/^settings\./, ''), `${fault.words} ${fault.action}`] as const);
  const faults = new Map([...judged, ...reader.faults]);
  if (faults.size > 0) return { answers, faults };
  try {
    await saveCustomerPolicy(tx, companyId, customerId, { ...own, expectedVersion }, desk.by, desk.now);
    return null;
  } catch (error) {
    if (!(error instanceof UserError) || error.status !== 409) throw error;
    return { answers, faults: new Map([['', conflictWords]]) };
  }
}

const conflictWords =
  'Somebody else changed what this customer has for itself since you opened the page. Open it again to see it; what you typed still stands below.';

async function show(
  duly: Duly,
  request: FastifyRequest,
  reply: FastifyReply,
  desk: Desk,
  refused: RefusedForm | null,
): Promise<FastifyReply> {
  const { company, now, locale } = desk;
  const { company_id: companyId } = company;
  const customerId = paramOf(request, 'customerId');
  const { frame, working, found } = await openDesk(duly, request, reply, desk, async (tx) => ({
    name: await customerNameOf(tx, companyId, customerId),
    own: await storedCustomerPolicy(tx, companyId, customerId),
    facts: (await loadCustomerFacts(tx, company, [customerId], now)).get(customerId) ?? null,
    currencies: await currenciesOf(tx, company),
  }));
  const { own, facts, currencies, name } = found;
  const policy = policyFor(working.inForce, facts, own);
  const fresh = {
    segment: own.segment ?? '',
    paused: own.paused ? 'yes' : '',
    ...ownAnswers(own.settings, currencies),
  };
  const form = new Form(refused?.answers ?? fresh, refused?.faults);
  // a refused form keeps the version that it was opened with
  const version = Number(form.text('version') || own.version);
  const page = CustomerPolicyPage({
    frame,
    working,
    customer: { customerId, name },
    facts,
    policy,
    byHand: own.segment !== null && own.segment === policy.segment,
    version,
    form,
    currencies,
    locale,
  });
  return sendPage(reply, page, refused === null ? 200 : 400);
}
