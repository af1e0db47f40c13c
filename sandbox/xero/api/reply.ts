import { gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Wire } from '../wire/envelope.ts';
import { toXml } from '../wire/xml.ts';

const WORTH_PACKING = 1024;

/** Sends an answer as JSON to whoever asks for it by name, as XML to everybody else; packed when asked. */
export function answer(request: FastifyRequest, reply: FastifyReply, body: Wire, status = 200): FastifyReply {
  const json = (request.headers.accept ?? '').includes('application/json');
  const text = json ? JSON.stringify(body) : toXml(body);
  return answerText(
    request,
    reply,
    text,
    json ? 'application/json; charset=utf-8' : 'text/xml; charset=utf-8',
    status,
  );
}

/** Sends text of the given type, packed with gzip when the client takes it and it is worth it. */
export function answerText(
  request: FastifyRequest,
  reply: FastifyReply,
  text: string,
  type: string,
  status: number,
): FastifyReply {
  reply.code(status).type(type);
  const packs = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  if (!packs || text.length < WORTH_PACKING) return reply.send(text);
  return reply.header('content-encoding', 'gzip').header('vary', 'Accept-Encoding').send(gzipSync(text));
}
