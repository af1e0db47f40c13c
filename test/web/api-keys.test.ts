import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { sha256 } from '../../src/platform/crypto.ts';
import { inSystem } from '../../src/platform/db.ts';
import { addCompany } from '../support/company.ts';
import { seedBook } from './api-seed.ts';
import { type TestServer, testServer } from './api-support.ts';

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: object }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

interface Description {
  readonly openapi: string;
  readonly security: unknown;
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

let server: TestServer;
let ours: string;
let theirs: string;
let key: string;
let description: Description;
beforeAll(async () => {
  server = await testServer();
  ours = await addCompany(server.database.db);
  theirs = await addCompany(server.database.db, { name: 'Another' });
  await seedBook(server.database.db, theirs);
  key = await server.key(ours);
  description = (await server.call({ url: '/api/v1/openapi.json' })).body;
});
afterAll(() => server.close());

function operations(): { method: string; path: string; operation: Operation }[] {
  return Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
}

/** Fastify's own way from a described answer to what writes it. */
const fastifys = createRequire(createRequire(import.meta.url).resolve('fastify'));
const selectors = fastifys('@fastify/fast-json-stringify-compiler') as {
  SerializerSelector: () => (schemas: object, options: object) => (answer: { schema: object }) => unknown;
};
const writerOf = selectors.SerializerSelector()({}, {});

/** An address of a route, with every id filled in. */
function address(path: string, companyId: string): string {
  return path.replace('{companyId}', companyId).replaceAll(/\{\w+\}/g, randomUUID());
}

describe('a key', () => {
  it('is needed for every route', async () => {
    for (const { method, path } of operations()) {
      for (const authorization of [undefined, 'Bearer ', 'Bearer duly_wrong', `Basic ${key}`, key]) {
        const answer = await server.call({
          method: method.toUpperCase() as 'GET',
          url: address(path, ours),
          ...(authorization === undefined ? {} : { headers: { authorization } }),
        });
        expect([method, path, answer.status, answer.body.error?.code]).toEqual([
          method,
          path,
          401,
          'not_signed_in',
        ]);
        expect(answer.headers['www-authenticate']).toBe('Bearer');
      }
    }
  });

  it('opens its own company and tells nothing about any other', async () => {
    expect((await server.call({ url: '/api/v1/companies', key })).body.items).toHaveLength(1);
    for (const companyId of [theirs, randomUUID(), 'not-an-id']) {
      for (const { method, path } of operations()) {
        if (!path.includes('{companyId}')) continue;
        const url = address(path, companyId);
        const answer = await server.call({ method: method.toUpperCase() as 'GET', url, key });
        expect([method, path, answer.status, answer.body.error?.code]).toEqual([
          method,
          path,
          404,
          'not_found',
        ]);
      }
    }
  });

  it('opens nothing any more once it is revoked', async () => {
    const revoked = await server.key(ours, 'revoked');
    expect((await server.call({ url: `/api/v1/companies/${ours}`, key: revoked })).status).toBe(200);
    await inSystem(server.duly.db, (tx) =>
      tx
        .updateTable('api_key')
        .set({ revoked_at: new Date() })
        .where('api_key_hash', '=', sha256(revoked))
        .execute(),
    );
    expect((await server.call({ url: `/api/v1/companies/${ours}`, key: revoked })).status).toBe(401);
    expect((await server.call({ url: `/api/v1/companies/${ours}`, key })).status).toBe(200);
  });

  it('is not replaced by a session, and answers are not kept by anybody', async () => {
    const answer = await server.call({
      url: `/api/v1/companies/${ours}`,
      headers: { cookie: `session=${key}` },
    });
    expect(answer.status).toBe(401);
    const known = await server.call({ url: `/api/v1/companies/${ours}`, key });
    expect(known.headers['cache-control']).toBe('no-store');
  });

  it('an address that does not exist is said in JSON', async () => {
    const answer = await server.call({ url: '/api/v1/nothing', key });
    expect([answer.status, answer.body.error.code]).toEqual([404, 'not_found']);
  });
});

describe('the description of the API', () => {
  it('is OpenAPI 3.1, needs no key, and asks for one everywhere', () => {
    expect(description.openapi).toBe('3.1.0');
    expect(description.security).toEqual([{ key: [] }]);
  });

  it('has everything that design section 7 names, as far as this path needs it', () => {
    const paths = Object.keys(description.paths).map((path) =>
      path.replace('/api/v1/companies/{companyId}', ''),
    );
    const lists =
      '/customers /positions /invoices /holds /promises /disputes /cases /decisions /touches /approvals';
    for (const list of `${lists} /notes /activities /problems /tie-out /policies /read`.split(' '))
      expect(paths).toContain(list);
  });

  it('describes every route for a reader, with the schema of each request and answer', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const ids = new Set<string>();
    for (const { method, path, operation } of operations()) {
      const where = `${method} ${path}`;
      expect([where, operation.summary]).toEqual([where, expect.stringMatching(/\w+/)]);
      expect([where, operation.operationId]).toEqual([where, expect.stringMatching(/^[a-z]\w+$/)]);
      expect(ids.has(operation.operationId ?? '')).toBe(false);
      ids.add(operation.operationId ?? '');
      const tags = description.tags.map(({ name }) => name);
      expect(tags).toEqual(expect.arrayContaining([...(operation.tags ?? ['no tag'])]));
      const statuses = Object.keys(operation.responses);
      expect([where, statuses.some((status) => /^2\d\d$/.test(status))]).toEqual([where, true]);
      expect(statuses).toEqual(expect.arrayContaining(['4XX', '5XX']));
      for (const { content } of Object.values(operation.responses)) {
        const type =
          operation.operationId === 'getInvoicePdf' && content?.['application/pdf'] ? 'pdf' : 'json';
        const schema = content?.[`application/${type}`]?.schema ?? { $ref: 'none' };
        expect(typeof ajv.compile(schema)).toBe('function');
        // the server makes it with the first such answer
        if (type === 'json') expect(typeof writerOf({ schema })).toBe('function');
      }
      if (operation.requestBody !== undefined)
        ajv.compile(operation.requestBody.content['application/json']?.schema ?? { $ref: 'none' });
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const described = (operation.parameters ?? []).filter((one) => one.in === 'path');
      expect(described.map((one) => one.name).sort()).toEqual(inPath.sort());
    }
    expect(ids.size).toBeGreaterThan(20);
  });
});
