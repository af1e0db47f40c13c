import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Wire } from '../wire/shared.ts';
import type { Refusal } from './faults.ts';
import { toJson } from './json.ts';
import { toXml } from './xml.ts';

/** Sends an answer as JSON when the request's Accept names it, as XML otherwise. */
export function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  body: Wire,
  xml = false,
): FastifyReply {
  const json = !xml && (request.headers.accept ?? '').includes('application/json');
  reply.code(status).type(json ? 'application/json;charset=UTF-8' : 'application/xml;charset=UTF-8');
  return reply.send(json ? toJson(body) : toXml(body));
}

/** Sends an error. `now` is the sandbox's clock. */
export function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: Refusal,
  now: Date,
): FastifyReply {
  return answer(request, reply, refusal.status, refusal.body(now), refusal.xml);
}

/** Thrown by a handler to answer with an error. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(`refused with ${refusal.status}`);
    this.name = 'Refused';
  }
}
