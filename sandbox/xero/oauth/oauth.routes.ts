import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { XeroRuntime } from '../runtime.ts';
import { consentFaultPage, consentPage } from './consent.view.tsx';
import { type AuthorizeFault, type AuthorizeRequest, readAuthorize, redirectWith } from './request.ts';
import { inWords, wantsOrganisation } from './scopes.ts';
import { findUser, USERS } from './users.ts';

const AUTHORIZE = '/identity/connect/authorize';
type Form = Record<string, string | string[] | undefined>;

/** The consent page and what follows from it. The decision is posted to the very address of the page. */
export function consentRoutes(app: FastifyInstance, runtime: XeroRuntime): void {
  const read = (request: FastifyRequest) =>
    readAuthorize(request.query as Record<string, string>, runtime.ctx.config.xero.clientId);

  app.get(AUTHORIZE, async (request, reply) => {
    const asked = read(request);
    if ('error' in asked) return sendFault(reply, asked);
    return sendConsent(runtime, request, reply, asked);
  });

  app.post(AUTHORIZE, async (request, reply) => {
    const asked = read(request);
    if ('error' in asked) return sendFault(reply, asked);
    const form = (request.body ?? {}) as Form;
    if (form.decision !== 'allow')
      return reply.redirect(redirectWith(asked, { error: 'access_denied' }), 302);
    const user = findUser(typeof form.user === 'string' ? form.user : USERS[0].key) ?? USERS[0];
    const tenants = [form.tenant ?? []].flat();
    const known = runtime.ctx.books.companies().filter((each) => each.vendor === 'xero');
    const chosen = known.filter((company) => tenants.includes(company.id));
    const needsOne = wantsOrganisation(asked.scopes) && runtime.connections.of(user.id).length === 0;
    if (needsOne && chosen.length === 0) {
      return sendConsent(runtime, request, reply.code(400), asked, 'Choose at least one organisation.');
    }
    const authEventId = randomUUID();
    const { store } = runtime.ctx;
    const code = store.transaction(() => {
      if (wantsOrganisation(asked.scopes)) {
        for (const { id } of chosen)
          runtime.connections.connect(user.id, id, authEventId, runtime.ctx.clock.now());
      }
      return runtime.grants.issueCode({
        redirectUri: asked.redirectUri,
        userId: user.id,
        scopes: asked.scopes,
        authEventId,
        ...(asked.nonce ? { nonce: asked.nonce } : {}),
        ...(asked.challenge ? { challenge: asked.challenge } : {}),
        ...(asked.challengeMethod ? { challengeMethod: asked.challengeMethod } : {}),
      });
    });
    return reply.redirect(redirectWith(asked, { code, scope: asked.scopes.join(' ') }), 302);
  });
}

function sendConsent(
  runtime: XeroRuntime,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: AuthorizeRequest,
  problem?: string,
): FastifyReply {
  const connected = new Set(runtime.connections.all().map((each) => each.tenantId));
  const companies = wantsOrganisation(asked.scopes)
    ? runtime.ctx.books.companies().filter((each) => each.vendor === 'xero')
    : [];
  const proposed = companies.find((each) => !connected.has(each.id)) ?? companies[0];
  const html = consentPage({
    action: request.url,
    users: USERS,
    organisations: companies.map(({ id, name }) => ({
      id,
      name,
      connected: connected.has(id),
      checked: id === proposed?.id,
    })),
    wishes: inWords(asked.scopes),
    ...(problem ? { problem } : {}),
  });
  return secured(reply).send(html);
}

function sendFault(reply: FastifyReply, fault: AuthorizeFault): FastifyReply {
  return secured(reply.code(400)).send(consentFaultPage(fault.error, fault.words));
}

/** The consent page can't be framed and isn't kept. */
function secured(reply: FastifyReply): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('x-frame-options', 'DENY')
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'self'; img-src data:; frame-ancestors 'none'",
    )
    .header('cache-control', 'no-store');
}
