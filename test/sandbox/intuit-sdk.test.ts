import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import PackagedClient from 'intuit-oauth';
import {
  ACCOUNTING,
  addCustomer,
  addInvoice,
  hiddenFields,
  type Json,
  REALM,
  REDIRECT,
  type Stand,
  stand,
} from './intuit-support.ts';

/** The package that Intuit ships itself: what it understands, the stand-in says right. */
const OAuthClient: Json = PackagedClient;

const STATICS = [
  'authorizeEndpoint',
  'tokenEndpoint',
  'revokeEndpoint',
  'userinfo_endpoint_sandbox',
  'jwks_uri',
  'environment',
];

let it: Stand;
let base: string;
const before = new Map(STATICS.map((name) => [name, OAuthClient[name]]));

beforeAll(async () => {
  it = await stand();
  // the package compares expiries with the machine's own time
  it.clock.set(new Date());
  base = `${await it.app.listen({ host: '127.0.0.1', port: 0 })}/intuit`;
  OAuthClient.authorizeEndpoint = `${base}/connect/oauth2`;
  OAuthClient.tokenEndpoint = `${base}/oauth2/v1/tokens/bearer`;
  OAuthClient.revokeEndpoint = `${base}/v2/oauth2/tokens/revoke`;
  OAuthClient.userinfo_endpoint_sandbox = `${base}/v1/openid_connect/userinfo`;
  OAuthClient.jwks_uri = `${base}/op/v1/jwks`;
  OAuthClient.environment = { sandbox: `${base}/`, production: `${base}/` };
});
afterAll(async () => {
  for (const [name, value] of before) OAuthClient[name] = value;
  await it.app.close();
});

function client(): Json {
  return new OAuthClient({
    clientId: 'sandbox-intuit-client',
    clientSecret: 'sandbox-intuit-secret',
    environment: 'sandbox',
    redirectUri: REDIRECT,
    includeRefreshTokenHardExpiresIn: true,
  });
}

/** As a browser: opens the address, presses Connect, and is sent back. */
async function press(address: string): Promise<string> {
  const shown = await fetch(address);
  const form = new URLSearchParams({ ...hiddenFields(await shown.text()), decision: 'connect' });
  const answer = await fetch(shown.url.replace(/\?.*/, ''), {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  return answer.headers.get('location') ?? '';
}

describe("Intuit's own client package against the stand-in", () => {
  test('goes the whole way: consent, exchange, identity, a call, refresh, revocation', async () => {
    const one = client();
    const scope = [ACCOUNTING, 'openid', 'profile', 'email'];
    const back = await press(one.authorizeUri({ scope, state: 'abc' }));
    expect(new URL(back).searchParams.get('state')).toBe('abc');
    const exchanged = await one.createToken(back);
    expect(exchanged.json).toMatchObject({
      token_type: 'bearer',
      expires_in: 3600,
      x_refresh_token_expires_in: 8_726_400,
    });
    expect(exchanged.json.x_refresh_token_hard_expires_in).toBe(157_788_000);
    expect(one.getToken().realmId).toBe(REALM);
    expect(await one.validateIdToken()).toBe(true);
    expect((await one.getUserInfo()).json).toMatchObject({
      email: 'dana@larkspur.example',
      emailVerified: true,
    });

    const invoice = addInvoice(it.books, addCustomer(it.books, 'Ridgeway'), 12345);
    const url = `${base}/v3/company/${REALM}/invoice/${invoice.id}?minorversion=75`;
    const answer = await one.makeApiCall({ url, headers: { Accept: 'application/json' } });
    expect(answer.json.Invoice).toMatchObject({ Id: invoice.id, Balance: 123.45 });
    const stale = one.makeApiCall({
      url: `${base}/v3/company/${REALM}/invoice`,
      method: 'POST',
      body: { Id: invoice.id, SyncToken: '9', sparse: true },
      headers: { Accept: 'application/json' },
    });
    await expect(stale).rejects.toMatchObject({ code: '5010', faultType: 'ValidationFault' });

    const refreshed = await one.refresh();
    expect(refreshed.json.refresh_token).toBe(exchanged.json.refresh_token);
    expect(refreshed.json.access_token).not.toBe(exchanged.json.access_token);
    await one.revoke();
    await expect(client().refreshUsingToken(refreshed.json.refresh_token)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });
});
