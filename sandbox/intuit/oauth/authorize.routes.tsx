import type { FastifyInstance, FastifyReply } from 'fastify';
import type { SandboxContext } from '../../context.ts';
import { page } from '../../pages/layout.tsx';
import { ACCOUNTING, checkAuthorize, withQuery } from './authorize.ts';
import { ConsentPage, RefusedPage } from './authorize.view.tsx';
import { PEOPLE, personBySub } from './people.ts';
import type { TokenStore } from './tokens.store.ts';

type Fields = Readonly<Record<string, unknown>>;

/** `appcenter.intuit.com/connect/oauth2`: the page a person sees, and what its buttons do. */
export function authorizeRoutes(app: FastifyInstance, ctx: SandboxContext, tokens: TokenStore): void {
  const clientId = ctx.config.intuit.clientId;
  const companies = () => ctx.books.companies().filter((one) => one.vendor === 'intuit');

  app.get('/connect/oauth2', async (request, reply) => {
    const check = checkAuthorize(request.query as Fields, clientId);
    if (check.kind === 'redirect') return reply.redirect(check.to);
    if (check.kind === 'page')
      return html(reply, 400, page('Intuit', <RefusedPage words={check.words} />, BARE));
    const action = request.url.replace(/\?.*$/s, '');
    const body = <ConsentPage request={check.request} companies={companies()} action={action} />;
    return html(reply, 200, page('Intuit consent', body, BARE));
  });

  app.post('/connect/oauth2', async (request, reply) => {
    const form = (request.body ?? {}) as Fields;
    const check = checkAuthorize(form, clientId);
    if (check.kind === 'redirect') return reply.redirect(check.to);
    if (check.kind === 'page')
      return html(reply, 400, page('Intuit', <RefusedPage words={check.words} />, BARE));
    const { redirectUri, state, scopes } = check.request;
    if (form.decision === 'refuse') {
      return reply.redirect(withQuery(redirectUri, { error: 'access_denied', state }));
    }
    const person = typeof form.user === 'string' ? personBySub(form.user) : PEOPLE[0];
    const company = companies().find((one) => form.realm === undefined || one.id === form.realm);
    const books = scopes.includes(ACCOUNTING);
    if (person === undefined || (books && company === undefined)) {
      return html(reply, 400, page('Intuit', <RefusedPage words="Choose a person and a company." />, BARE));
    }
    const realmId = books ? company?.id : undefined;
    const code = tokens.issueCode(check.request, person.sub, realmId);
    return reply.redirect(withQuery(redirectUri, { code, state, ...(realmId !== undefined && { realmId }) }));
  });
}

const BARE = { bare: true };

/** A consent page must not be shown inside somebody else's page. */
function html(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply
    .code(status)
    .headers({
      'content-security-policy': "frame-ancestors 'none'",
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
    })
    .type('text/html; charset=utf-8')
    .send(text);
}
