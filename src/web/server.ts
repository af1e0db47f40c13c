import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import type { Config } from '../platform/config.ts';
import type { Duly } from '../platform/context.ts';
import { apiRoutes } from './api/api.routes.ts';
import { connectRoutes } from './connect.routes.ts';
import { installCsrf } from './csrf.ts';
import { installErrors } from './errors.ts';
import { marketplaceRoutes } from './marketplace.routes.ts';
import { installOps } from './ops.routes.ts';
import { pagesRoutes } from './pages/pages.routes.ts';
import { installSession } from './session.plugin.ts';
import { signInRoutes } from './signin.routes.ts';
import { type MailEventHandler, webhookRoutes } from './webhooks.routes.ts';

const ONE_MB = 1024 * 1024;

/** Builds the web server without listening. */
export async function buildServer(
  duly: Duly,
  onMailEvent: MailEventHandler = async () => undefined,
): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    logger: false,
    bodyLimit: ONE_MB,
    // a proxy on the same host or private network may say who the visitor is; nobody else
    trustProxy: 'loopback, linklocal, uniquelocal',
    routerOptions: { maxParamLength: 500 },
    forceCloseConnections: 'idle',
    schemaController: { compilersFactory: { buildSerializer: lateSerializers() } },
  });
  app.decorate('duly', duly);
  await installProtection(app, duly.config);
  installSession(app, duly);
  installCsrf(app);
  installErrors(app);
  installOps(app, duly);
  await installAssets(app);
  await app.register(webhookRoutes(duly, onMailEvent));
  await app.register(connectRoutes(duly));
  await app.register(signInRoutes(duly));
  await app.register(pagesRoutes(duly));
  await app.register(marketplaceRoutes());
  await app.register(apiRoutes(duly));
  // each area of pages, and the API, has its line here
  return app;
}

type Factories = NonNullable<NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']>;
type BuildSerializer = NonNullable<Factories['buildSerializer']>;

/**
 * Fastify's own way to write what the API answers, each made with the first answer of its kind: to make all of them
 * takes as long as the rest of the start.
 */
function lateSerializers(): BuildSerializer {
  const fastifys = createRequire(createRequire(import.meta.url).resolve('fastify'));
  const { SerializerSelector } = fastifys('@fastify/fast-json-stringify-compiler') as {
    SerializerSelector: () => BuildSerializer;
  };
  const build = SerializerSelector();
  return (schemas, options) => {
    const make = build(schemas, options);
    return (answer) => {
      let write: ReturnType<typeof make> | null = null;
      return (data) => {
        write ??= make(answer);
        return write(data);
      };
    };
  };
}

async function installProtection(app: FastifyInstance, config: Config): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: policyFor(config) },
    strictTransportSecurity: config.baseUrl.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'sameorigin' },
  });
  await app.register(cookie);
  await app.register(formbody, { bodyLimit: ONE_MB });
  await app.register(multipart, {
    attachFieldsToBody: 'keyValues',
    limits: { fileSize: ONE_MB, files: 1, fields: 100, fieldSize: ONE_MB / 4 },
  });
  await app.register(rateLimit, {
    // a machine with a key works in batches; a person does not open twenty pages a second
    max: (request) => (request.url.startsWith('/api/') ? 12_000 : 1_200),
    timeWindow: '1 minute',
    keyGenerator: (request) => `${request.url.startsWith('/api/') ? 'api' : 'web'} ${request.ip}`,
    // the vendors ring in bursts, and a refused ring is a lost one
    allowList: (request) => /^\/(?:webhooks|assets|healthz|readyz)(?:\/|$)/.test(request.url),
  });
  // no page is kept by a browser or a proxy: most of them show a business's figures
  app.addHook('onSend', async (request, reply) => {
    if (!request.url.startsWith('/assets/') && !reply.hasHeader('cache-control'))
      reply.header('cache-control', 'no-store');
  });
}

/** Only our own scripts, styles and pictures; forms may lead to the vendors' consent pages and nowhere else. */
function policyFor(config: Config): Record<string, string[]> {
  const vendors = [config.intuit.authorizeUrl, config.xero.authorizeUrl]
    .filter((address) => URL.canParse(address))
    .map((address) => new URL(address).origin);
  return {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'"],
    'frame-src': ["'self'"],
    'form-action': ["'self'", ...new Set(vendors)],
    'frame-ancestors': ["'none'"],
    'base-uri': ["'none'"],
  };
}

/** Our compiled styles and pictures, and htmx from its package. */
async function installAssets(app: FastifyInstance): Promise<void> {
  const own = path.join(import.meta.dirname, 'assets');
  const htmx = path.join(
    path.dirname(createRequire(import.meta.url).resolve('htmx.org/package.json')),
    'dist',
  );
  await app.register(fastifyStatic, {
    root: [own, htmx].filter((folder) => existsSync(folder)),
    prefix: '/assets/',
    index: false,
    // asked for anew with each page, and answered with 304: after an update nobody sees the old styles
    maxAge: 0,
  });
}
