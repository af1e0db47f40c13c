import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type TestServer, testServer } from './api-support.ts';

interface Manifest {
  readonly product: { readonly name: string };
  readonly addresses: Readonly<Record<string, string>>;
  readonly icons: readonly { readonly address: string; readonly type: string; readonly size: string }[];
  readonly marketplaces: readonly {
    readonly key: string;
    readonly name: string;
    readonly scopes: { readonly connect: readonly string[]; readonly signIn: readonly string[] };
    readonly addresses: Readonly<Record<string, string>>;
  }[];
}

const manifest = JSON.parse(readFileSync('manifest.json', 'utf8')) as Manifest;
const schema = JSON.parse(readFileSync('manifest.schema.json', 'utf8')) as object;
const ajv = new Ajv2020({ allErrors: true });
const validate = ajv.compile(schema);

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

describe('the listing for the marketplaces', () => {
  it('keeps to its schema', () => {
    validate(manifest);
    expect(validate.errors).toBeNull();
  });

  it('is refused with a vendor’s name in the product’s, an address elsewhere, or a scope forgotten', () => {
    const wrong = (change: (copy: Manifest) => object): boolean =>
      validate(change(structuredClone(manifest)));
    expect(wrong((copy) => ({ ...copy, product: { ...copy.product, name: 'Duly for Xero' } }))).toBe(false);
    expect(
      wrong((copy) => ({ ...copy, addresses: { ...copy.addresses, terms: 'https://elsewhere.test' } })),
    ).toBe(false);
    expect(wrong((copy) => ({ ...copy, marketplaces: [{ ...copy.marketplaces[0], scopes: {} }] }))).toBe(
      false,
    );
  });

  it('is served as it stands in the repository', async () => {
    const answer = await server.call({ url: '/manifest.json' });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(manifest);
  });

  it('names every ledger that can be connected, and no other', () => {
    expect(manifest.marketplaces.map(({ key }) => key).sort()).toEqual(
      [...server.duly.ledgers.keys()].sort(),
    );
  });

  it('names exactly the scopes that the person is asked for', () => {
    for (const { key, scopes } of manifest.marketplaces) {
      expect(asked(key, 'connect')).toEqual([...scopes.connect].sort());
      expect(asked(key, 'sign_in')).toEqual([...scopes.signIn].sort());
    }
  });

  const pages = [...Object.entries(manifest.addresses)];
  it.each(pages)('serves %s', async (_name, address) => {
    const answer = await server.call({ url: address });
    expect([address, answer.status]).toEqual([address, 200]);
  });

  it.each(manifest.icons.map((icon) => [icon.address, icon] as const))('serves %s', async (_name, icon) => {
    const answer = await server.app.inject({ url: icon.address });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toContain(icon.type);
    if (icon.type === 'image/png') {
      const bytes = answer.rawPayload;
      expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`).toBe(icon.size);
    }
  });

  describe.each(manifest.marketplaces.map((one) => [one.key, one.addresses] as const))(
    'for %s',
    (key, addresses) => {
      const open = (name: string) => server.app.inject({ url: addresses[name] ?? '' });

      it.each(['launch', 'connect', 'reconnect', 'signIn'])(
        '%s leads to the vendor’s consent',
        async (name) => {
          const answer = await open(name);
          expect(answer.statusCode).toBe(302);
          const { authorizeUrl } = key === 'xero' ? server.duly.config.xero : server.duly.config.intuit;
          expect(answer.headers.location?.startsWith(`${authorizeUrl}?`)).toBe(true);
        },
      );

      it('comes back to the address that is registered', async () => {
        const answer = await open('connect');
        const back = new URL(answer.headers.location ?? '').searchParams.get('redirect_uri');
        expect(back).toBe(`${server.duly.config.baseUrl}${addresses.callback}`);
        // without the state of a click it is refused in words, but it is there
        const refused = await open('callback');
        expect([refused.statusCode, refused.headers.location]).toEqual([303, '/told']);
      });

      it('says in words that it was disconnected', async () => {
        expect((await open('disconnect')).statusCode).toBe(200);
      });

      it('answers an unsigned ring of the doorbell with 401', async () => {
        const ring = { method: 'POST', url: addresses.webhooks ?? '', payload: { events: [] } } as const;
        expect((await server.app.inject(ring)).statusCode).toBe(401);
      });
    },
  );
});

function asked(key: string, purpose: 'connect' | 'sign_in'): readonly string[] {
  const provider = server.duly.ledgers.get(key);
  const url = provider?.authorizeUrl({
    purpose,
    state: 'state',
    nonce: 'nonce',
    codeChallenge: 'challenge',
    redirectUri: 'http://localhost:3000/back',
  });
  return (new URL(url ?? '').searchParams.get('scope') ?? '').split(' ').sort();
}
