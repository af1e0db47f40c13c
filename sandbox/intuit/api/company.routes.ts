import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { SandboxContext } from '../../context.ts';
import { tinyPdf } from '../../pdf.ts';
import { BookView } from '../book-view.ts';
import type { TokenStore } from '../oauth/tokens.store.ts';
import type { Wire } from '../wire/shared.ts';
import { envelopeTime } from '../wire/stamps.ts';
import { changeResponse, queryResponse, readOne } from './answers.ts';
import { batchResponse } from './batch.ts';
import { invalidParameter, missing, notFound, unsupported } from './faults.ts';
import { guard, realmOf } from './guard.ts';
import type { Limits } from './limits.ts';
import { packed } from './packed.ts';
import { answer, Refused, refuse } from './reply.ts';
import { agedReceivables } from './report.ts';
import { once } from './requestid.store.ts';
import { type Body, sendInvoice, writeAttachable, writeInvoice } from './writes.ts';

type Handler = (request: FastifyRequest, view: BookView) => Wire;

const READABLE = {
  invoice: 'Invoice',
  payment: 'Payment',
  creditmemo: 'CreditMemo',
  customer: 'Customer',
  term: 'Term',
  attachable: 'Attachable',
};

/** `quickbooks.api.intuit.com/v3/company/{realmId}`: the accounting API, behind its guard. */
export function companyRoutes(ctx: SandboxContext, tokens: TokenStore, limits: Limits): FastifyPluginAsync {
  return async (app) => {
    guard(app, ctx, tokens, limits);
    errorsInTheirWords(app, ctx);
    packed(app);
    app.addContentTypeParser(['application/text', 'text/plain'], { parseAs: 'string' }, (_r, body, done) =>
      done(null, body),
    );
    app.addContentTypeParser('application/octet-stream', { parseAs: 'string' }, (_r, _b, done) =>
      done(null, {}),
    );
    const route = (method: 'GET' | 'POST', url: string, handler: Handler) =>
      app.route({
        method,
        url,
        handler: (request, reply) => {
          const body = handler(request, new BookView(ctx, realmOf(request)));
          return answer(request, reply, 200, { ...body, time: envelopeTime(ctx.clock.now()) });
        },
      });
    reads(route);
    reports(route, ctx);
    writes(route, ctx);
    app.get('/invoice/:id/pdf', (request, reply) => pdf(request, reply, ctx));
    app.all('/*', () => {
      throw new Refused(unsupported('requested'));
    });
  };
}

type Route = (method: 'GET' | 'POST', url: string, handler: Handler) => void;

function reads(route: Route): void {
  route('GET', '/query', (request, view) => ({
    QueryResponse: queryResponse(need(request, 'query'), linked(request, view)),
  }));
  route('POST', '/query', (request, view) => {
    if (typeof request.body !== 'string') throw new Refused(missing('query'));
    return { QueryResponse: queryResponse(request.body, linked(request, view)) };
  });
  for (const [path, name] of Object.entries(READABLE)) {
    route('GET', `/${path}/:id`, (request, view) => ({
      [name]: readOne(name, param(request, 'id'), linked(request, view)),
    }));
  }
  route('GET', '/companyinfo/:id', (request, view) => {
    if (param(request, 'id') !== view.companyId) throw new Refused(notFound());
    return { CompanyInfo: readOne('CompanyInfo', '1', view) };
  });
  route('GET', '/preferences', (_request, view) => ({ Preferences: readOne('Preferences', '1', view) }));
}

/** The view that shows online links when the request asks for them; the change feed never does. */
function linked(request: FastifyRequest, view: BookView): BookView {
  view.links = (option(request, 'include') ?? '').split(',').includes('invoiceLink');
  return view;
}

function reports(route: Route, ctx: SandboxContext): void {
  route('GET', '/cdc', (request, view) =>
    changeResponse(option(request, 'entities'), option(request, 'changedSince'), view, ctx.clock.now()),
  );
  route('GET', '/reports/AgedReceivables', (request, view) => {
    const day = option(request, 'report_date') ?? view.today;
    if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw new Refused(invalidParameter('report_date', 'report_date'));
    return agedReceivables(view, day, ctx.clock.now());
  });
}

function writes(route: Route, ctx: SandboxContext): void {
  const doOnce = (request: FastifyRequest, write: (realmId: string, body: Body) => Wire) => {
    const realmId = realmOf(request);
    return once(ctx, realmId, option(request, 'requestid'), () => write(realmId, bodyOf(request)));
  };
  route('POST', '/attachable', (request) => {
    const operation = option(request, 'operation');
    return doOnce(request, (realmId, body) => writeAttachable(ctx, realmId, body, operation));
  });
  route('POST', '/invoice', (request) =>
    doOnce(request, (realmId, body) =>
      writeInvoice(ctx, realmId, body, option(request, 'operation') ?? 'update'),
    ),
  );
  route('POST', '/invoice/:id/send', (request) =>
    doOnce(request, (realmId) => sendInvoice(ctx, realmId, param(request, 'id'), option(request, 'sendTo'))),
  );
  route('POST', '/batch', (request) =>
    batchResponse(ctx, realmOf(request), bodyOf(request), option(request, 'requestid')),
  );
}

function pdf(request: FastifyRequest, reply: FastifyReply, ctx: SandboxContext): FastifyReply {
  const view = new BookView(ctx, realmOf(request));
  const id = param(request, 'id');
  const invoice = readOne('Invoice', id, view);
  const customer = view.customer(view.books.invoice(view.companyId, id).customerId);
  const lines = [
    `Invoice ${invoice.DocNumber ?? id}`,
    view.company.legalName,
    `To: ${customer.name}`,
    `Date ${invoice.TxnDate}, due ${invoice.DueDate ?? '-'}`,
    `Balance ${customer.currency} ${invoice.Balance}`,
  ];
  return reply.type('application/pdf').send(tinyPdf(lines));
}

/** Everything that goes wrong is said as a Fault, a body that can't be read too. */
function errorsInTheirWords(app: FastifyInstance, ctx: SandboxContext): void {
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const now = ctx.clock.now();
    if (error instanceof Refused) return refuse(request, reply, error.refusal, now);
    if ((error.statusCode ?? 500) < 500) return refuse(request, reply, invalidParameter(error.message), now);
    throw error;
  });
}

function option(request: FastifyRequest, name: string): string | undefined {
  const value = (request.query as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : undefined;
}

function need(request: FastifyRequest, name: string): string {
  const value = option(request, name);
  if (value === undefined || value.trim() === '') throw new Refused(missing(name));
  return value;
}

function param(request: FastifyRequest, name: string): string {
  return (request.params as Record<string, string>)[name] ?? '';
}

function bodyOf(request: FastifyRequest): Body {
  const { body } = request;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Refused(missing('body'));
  return body as Body;
}
