import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { takeMerges } from '../books/merge-told.store.ts';
import { takeRings } from '../companies/doorbell.store.ts';
import type { Duly } from '../platform/context.ts';
import { sameText } from '../platform/crypto.ts';
import { inSystem } from '../platform/db.ts';
import type { Doorbell } from '../ports/ledger.ts';
import type { MailEvent } from '../ports/mailer.ts';

const FIVE_MB = 5 * 1024 * 1024;
/**
 * Real time. Vendors wait 3 or 5 seconds and switch an address off that keeps them waiting: a database that is slower
 * than this gets the ring later, when the vendor tries again.
 */
const STORE_WITHIN_MS = 800;

/** Takes what the mail provider tells; throws when it could not be stored, so that it is told again. */
export type MailEventHandler = (duly: Duly, event: MailEvent) => Promise<void>;

/**
 * The vendors' doorbells: verified over the raw bytes, stored, answered with nothing. 401 for a wrong signature
 * (exactly that, one vendor tests it), 503 when it could not be stored. The content is never trusted.
 */
export function webhookRoutes(duly: Duly, onMailEvent: MailEventHandler): FastifyPluginAsync {
  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: FIVE_MB }, (_request, body, done) =>
      done(null, body),
    );
    app.post<{ Params: { signInKey: string } }>(
      '/webhooks/:signInKey',
      { bodyLimit: FIVE_MB },
      async (request, reply) => {
        const name = request.params.signInKey;
        const provider = [...duly.ledgers.values()].find((each) => each.signInKey === name);
        if (provider === undefined) return reply.code(404).send();
        const rings = provider.readWebhook(rawBody(request), plainHeaders(request));
        if (rings === null) return reply.code(401).send();
        try {
          await inTime(keep(duly, provider.key, rings));
        } catch (error) {
          duly.log.error({ err: error, provider: provider.key }, 'a webhook could not be stored');
          return reply.code(503).send();
        }
        return reply.code(200).send();
      },
    );
    app.post('/webhooks/postmark', { bodyLimit: FIVE_MB }, async (request, reply) => {
      const { webhookUser, webhookPassword } = duly.config.postmark;
      if (!basicAuthIs(request, webhookUser, webhookPassword))
        return reply.code(401).header('www-authenticate', 'Basic').send();
      const trace = request.headers['x-pm-webhook-trace-id'];
      const event = duly.readMailEvent(parsed(rawBody(request)), typeof trace === 'string' ? trace : null);
      if (event === null) {
        // sending it again would not make it readable
        duly.log.warn('a mail event could not be read');
        return reply.code(200).send();
      }
      try {
        await onMailEvent(duly, event);
      } catch (error) {
        duly.log.error({ err: error }, 'a mail event could not be stored');
        return reply.code(503).send();
      }
      return reply.code(200).send();
    });
  };
}

async function keep(duly: Duly, provider: string, rings: readonly Doorbell[]): Promise<void> {
  // first: a failure has the vendor tell it all again
  await takeMerges(duly, provider, rings);
  await inSystem(duly.db, async (tx) => {
    await sql`select set_config('statement_timeout', ${String(STORE_WITHIN_MS)}, true)`.execute(tx);
    await takeRings(tx, duly.crypto, provider, rings, duly.clock.now());
  });
}

/** Throws when it took too long; what is under way may still end well, and a second ring then does nothing. */
async function inTime(work: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  const late = pause(STORE_WITHIN_MS, undefined, { signal: over.signal }).then(
    () => {
      throw new Error('the database took too long');
    },
    () => undefined,
  );
  try {
    await Promise.race([work, late]);
  } finally {
    over.abort();
  }
}

function rawBody(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** Undefined when it is not JSON. */
function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function plainHeaders(request: FastifyRequest): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
}

/** False also when no password is configured: an open door for delivery events would be worse than none. */
function basicAuthIs(request: FastifyRequest, user: string, password: string): boolean {
  const [scheme, sent] = (request.headers.authorization ?? '').split(' ');
  if (user === '' || password === '' || scheme?.toLowerCase() !== 'basic' || sent === undefined) return false;
  return sameText(Buffer.from(sent, 'base64').toString('utf8'), `${user}:${password}`);
}
