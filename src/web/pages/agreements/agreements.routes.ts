import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { customerNameOf } from '../../../books/customer-name.store.ts';
import type { CompanyRow } from '../../../companies/company.store.ts';
import { lookAtBooks } from '../../../companies/reading-wish.store.ts';
import { dayAt } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import type { Duly } from '../../../platform/context.ts';
import { inCompany, type Tx } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import { type AgreementKind, agreementKinds } from '../../../receivables/agreements/agreement.ts';
import { openToAgree } from '../../agreement-cover.store.ts';
import { type CompanyAccess, requireCompany } from '../../company.plugin.ts';
import { redirectSaying } from '../../flash.ts';
import { fieldOf, sayingFaults, uuidField } from '../../form-fields.ts';
import { requireMayHold } from '../../hold-rights.ts';
import { sendPage } from '../../render.ts';
import { companyFrameOf } from '../frame.store.ts';
import { agree, withdraw } from './agree.store.ts';
import { type Faults, type FormGround, freshValues, type Values, valuesOf } from './form.ts';
import { AgreementFormPage } from './form-page.view.tsx';
import { readAgreementList } from './list.store.ts';
import { listWishOf } from './list.ts';
import { AgreementsPage } from './list.view.tsx';
import { proposeRows } from './read-plan.ts';
import { type OfferAsk, readOffer } from './read-promise.ts';

const CUSTOMER = '/companies/:companyId/customers/:customerId';

/** The company's agreements, and the forms that write a promise, a plan or an offer down. */
export function agreementsRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get('/companies/:companyId/agreements', async (request, reply) => {
      const access = await requireCompany(request, 'see');
      await lookAtBooks(duly, access.company);
      const wish = listWishOf(request.query as Readonly<Record<string, unknown>>);
      const list = await inCompany(duly.db, access.company.company_id, (tx) =>
        readAgreementList(tx, access.company, wish, duly.clock.now()),
      );
      const frame = await companyFrameOf(duly, request, reply, access);
      return sendPage(reply, AgreementsPage({ frame, list, wish }));
    });

    for (const kind of agreementKinds) {
      app.get(`${CUSTOMER}/agreements/${kind}`, async (request, reply) => {
        const access = await mayMake(request, kind);
        const about = await read(duly, request, access.company);
        return await sendForm(
          duly,
          request,
          reply,
          access,
          kind,
          about,
          asked(kind, request.query, about.ground),
        );
      });
      app.post(`${CUSTOMER}/agreements/${kind}`, async (request, reply) => {
        const access = await mayMake(request, kind);
        return await take(duly, request, reply, access, kind);
      });
    }

    app.post(`${CUSTOMER}/agreements/:agreementId/withdraw`, async (request, reply) => {
      const { company, signedIn } = await requireCompany(request, 'hold');
      const agreementId = uuidField(request.params, 'agreementId');
      const said = await sayingFaults(() =>
        inCompany(duly.db, company.company_id, (tx) =>
          withdraw(
            tx,
            company,
            agreementId,
            signedIn,
            fieldOf(request.body, 'reason', 500),
            duly.clock.now(),
          ),
        ),
      );
      return redirectSaying(
        reply,
        `${pageOf(company, customerIdOf(request))}#agreements`,
        said.said,
        said.bad,
      );
    });
  };
}

async function mayMake(request: FastifyRequest, kind: AgreementKind): Promise<CompanyAccess> {
  const access = await requireCompany(request, 'hold');
  requireMayHold(access.signedIn, { doing: 'set', kind, scope: 'customer', own: true });
  return access;
}

interface About {
  readonly name: string;
  readonly ground: FormGround;
}

async function read(duly: Duly, request: FastifyRequest, company: CompanyRow): Promise<About> {
  return await inCompany(duly.db, company.company_id, (tx) =>
    readAbout(duly, tx, company, customerIdOf(request)),
  );
}

async function readAbout(duly: Duly, tx: Tx, company: CompanyRow, customerId: string): Promise<About> {
  const now = duly.clock.now();
  const { open, promiseGrace } = await openToAgree(tx, company, customerId, now);
  const name = await customerNameOf(tx, company.company_id, customerId);
  return {
    name,
    ground: { open, promiseGrace, today: dayAt(now, company.time_zone), locale: localeOf(company.country) },
  };
}

interface Shown {
  readonly values: Values;
  readonly faults: Faults;
  readonly looked?: OfferAsk;
}

/** What an address asks a form to hold: a plan may be laid out, the others are untouched. */
function asked(kind: AgreementKind, query: unknown, ground: FormGround): Shown {
  const fresh = freshValues(ground.today);
  if (kind !== 'plan' || fieldOf(query, 'count', 5) === '') return { values: fresh, faults: {} };
  const values: Values = { ...valuesOf(query), how: fresh.how, grace: fresh.grace };
  const rows = proposeRows(values, ground);
  return 'ask' in rows
    ? { values: { ...values, rows: rows.ask }, faults: {} }
    : { values, faults: rows.faults };
}

/** Writes down what the form asks for, or shows it again with what is wrong and all that was typed. */
async function take(
  duly: Duly,
  request: FastifyRequest,
  reply: FastifyReply,
  access: CompanyAccess,
  kind: AgreementKind,
): Promise<FastifyReply> {
  const { company, signedIn } = access;
  const customerId = customerIdOf(request);
  const about = await read(duly, request, company);
  const values = valuesOf(request.body);
  const show = (shown: Omit<Shown, 'values'>, status: number): Promise<FastifyReply> =>
    sendForm(duly, request, reply, access, kind, about, { values, ...shown }, status);
  if (kind === 'offer' && fieldOf(request.body, 'look', 5) === 'yes') {
    const offer = readOffer(values, about.ground);
    return 'ask' in offer ? await show({ faults: {}, looked: offer.ask }, 200) : await show(offer, 400);
  }
  try {
    const done = await inCompany(duly.db, company.company_id, (tx) =>
      agree(tx, company, { kind, customerId, values, ground: about.ground, signedIn }, duly.clock.now()),
    );
    if ('faults' in done) return await show(done, 400);
    return redirectSaying(reply, `${pageOf(company, customerId)}#agreements`, done.ask);
  } catch (error) {
    if (!(error instanceof UserError) || error.status >= 500) throw error;
    return await show({ faults: { form: `${error.message} ${error.action}` } }, error.status);
  }
}

async function sendForm(
  duly: Duly,
  request: FastifyRequest,
  reply: FastifyReply,
  access: CompanyAccess,
  kind: AgreementKind,
  { name, ground }: About,
  { values, faults, looked }: Shown,
  status = 200,
): Promise<FastifyReply> {
  const frame = await companyFrameOf(duly, request, reply, access);
  const customer = { id: customerIdOf(request), name };
  const state = { values, faults, ground, id: kind };
  return sendPage(reply, AgreementFormPage({ frame, kind, customer, state, looked }), status);
}

function customerIdOf(request: FastifyRequest): string {
  return (request.params as { customerId: string }).customerId;
}

function pageOf(company: CompanyRow, customerId: string): string {
  return `/companies/${company.company_id}/customers/${encodeURIComponent(customerId)}`;
}
