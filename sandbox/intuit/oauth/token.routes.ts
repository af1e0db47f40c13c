import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SandboxContext } from '../../context.ts';
import { type IdTokenKey, INTUIT_ISSUER } from './id-token.ts';
import { personBySub, userInfo } from './people.ts';
import { ACCESS_SECONDS, hardExpiresAt, refreshExpiresAt, secondsLeft } from './token-life.ts';
import type { Issued, TokenStore } from './tokens.store.ts';

type Form = Readonly<Record<string, unknown>>;

/** `oauth.platform.intuit.com`: tokens, revocation, user info and the public key. */
export function tokenRoutes(
  app: FastifyInstance,
  ctx: SandboxContext,
  tokens: TokenStore,
  key: IdTokenKey,
): void {
  app.post('/oauth2/v1/tokens/bearer', { preValidation: nameCompany(tokens) }, async (request, reply) => {
    reply.header('cache-control', 'no-cache, no-store').header('pragma', 'no-cache');
    const form = (request.body ?? {}) as Form;
    const ordered = request.sandboxFault?.kind;
    if (ordered === 'token_invalid_grant') return invalidGrant(reply);
    if (ordered === 'token_invalid_client' || !knowsClient(request, form, ctx))
      return reply.code(401).send({ error: 'invalid_client' });
    const issued = issue(form, tokens);
    if (issued === 'unsupported') return reply.code(400).send({ error: 'unsupported_grant_type' });
    if (issued === undefined) return invalidGrant(reply);
    return reply.send(await tokenBody(issued, request, ctx, key));
  });

  app.post('/v2/oauth2/tokens/revoke', async (request, reply) => {
    const body = (request.body ?? {}) as Form;
    if (!knowsClient(request, {}, ctx)) return reply.code(401).send({ error: 'invalid_client' });
    if (typeof body.token !== 'string') return reply.code(400).send({ error: 'invalid_request' });
    if (!tokens.revoke(body.token)) return reply.code(400).send({ error: 'invalid_request' });
    return reply.code(200).send();
  });

  app.get('/v1/openid_connect/userinfo', async (request, reply) => {
    const found = tokens.lookUp(bearer(request));
    if (found === undefined || found.expired || found.dead || !found.grant.scopes.includes('openid')) {
      return reply.code(401).header('www-authenticate', 'Bearer error="invalid_token"').send({
        error: 'invalid_token',
      });
    }
    const person = personBySub(found.grant.sub);
    return person === undefined ? reply.code(404).send() : reply.send(userInfo(person, found.grant.scopes));
  });

  app.get('/op/v1/jwks', async () => key.jwks());
  // with an underscore: helpers that look for `openid-configuration` miss it
  for (const name of ['openid_configuration', 'openid_sandbox_configuration'])
    app.get(`/.well-known/${name}`, async () => discovery(`${ctx.config.publicUrl}/intuit`));
}

/** Tells the fault desk which company a refresh is about, so that faults can be ordered for one company. */
function nameCompany(tokens: TokenStore) {
  return async (request: FastifyRequest): Promise<void> => {
    const form = (request.body ?? {}) as Form;
    const realmId = tokens.grantOfRefresh(String(form.refresh_token ?? ''))?.realmId;
    if (realmId !== undefined) request.sandboxCompanyId = realmId;
  };
}

/** Where everything is. PKCE is not offered. `base` is what stands in for Intuit's four hosts. */
function discovery(base: string): Record<string, unknown> {
  return {
    issuer: INTUIT_ISSUER,
    authorization_endpoint: `${base}/connect/oauth2`,
    token_endpoint: `${base}/oauth2/v1/tokens/bearer`,
    userinfo_endpoint: `${base}/v1/openid_connect/userinfo`,
    revocation_endpoint: `${base}/v2/oauth2/tokens/revoke`,
    jwks_uri: `${base}/op/v1/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'email', 'profile', 'address', 'phone'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    claims_supported: ['aud', 'exp', 'iat', 'iss', 'realmid', 'sub'],
  };
}

function issue(form: Form, tokens: TokenStore): Issued | 'unsupported' | undefined {
  if (form.grant_type === 'authorization_code') {
    return tokens.exchange(String(form.code ?? ''), String(form.redirect_uri ?? ''));
  }
  if (form.grant_type === 'refresh_token') return tokens.refresh(String(form.refresh_token ?? ''));
  return 'unsupported';
}

async function tokenBody(issued: Issued, request: FastifyRequest, ctx: SandboxContext, key: IdTokenKey) {
  const now = ctx.clock.now().getTime();
  const { grant, nonce } = issued;
  // only the exchange of a code carries an id_token
  const signsIn =
    (request.body as Form).grant_type === 'authorization_code' && grant.scopes.includes('openid');
  const tellsEnd = request.headers['x-include-refresh-token-hard-expires-in'] === 'true';
  return {
    token_type: 'bearer',
    access_token: issued.accessToken,
    expires_in: ACCESS_SECONDS,
    refresh_token: grant.refreshToken,
    x_refresh_token_expires_in: secondsLeft(refreshExpiresAt(grant), now),
    ...(tellsEnd && { x_refresh_token_hard_expires_in: secondsLeft(hardExpiresAt(grant), now) }),
    ...(signsIn && { id_token: await key.sign(grant, ctx.config.intuit.clientId, nonce, now) }),
  };
}

function invalidGrant(reply: FastifyReply): FastifyReply {
  return reply
    .code(400)
    .send({ error: 'invalid_grant', error_description: 'Incorrect or invalid refresh token' });
}

/** client_secret_basic, or client_secret_post. */
function knowsClient(request: FastifyRequest, form: Form, ctx: SandboxContext): boolean {
  const { clientId, clientSecret } = ctx.config.intuit;
  const [scheme, encoded] = (request.headers.authorization ?? '').split(' ');
  const given =
    scheme === 'Basic' && encoded !== undefined
      ? Buffer.from(encoded, 'base64').toString()
      : `${form.client_id ?? ''}:${form.client_secret ?? ''}`;
  return sameText(given, `${clientId}:${clientSecret}`);
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The token of an `Authorization: Bearer` header; empty when there is none. */
export function bearer(request: FastifyRequest): string {
  return /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]?.trim() ?? '';
}
