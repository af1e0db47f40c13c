import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

const WORTH_PACKING = 1024;

/** Packs answers with gzip for clients that take it. What a fault cut short is packed whole: only its text is broken. */
export function packed(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const takes = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    if (!takes || typeof payload !== 'string' || payload.length < WORTH_PACKING) return payload;
    reply.header('content-encoding', 'gzip').header('vary', 'Accept-Encoding').removeHeader('content-length');
    return gzipSync(payload);
  });
}
