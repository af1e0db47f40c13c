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
): FastifyReply {
  return takesJson(request) ? sendJson(reply, status, body) : sendXml(reply, status, body);
}

/** Sends an error. `now` is the sandbox's clock. */
export function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, body, xmlBody = body, xml }: Refusal,
  now: Date,
): FastifyReply {
  return takesJson(request) && xml !== true
    ? sendJson(reply, status, body(now))
    : sendXml(reply, status, xmlBody(now));
}

function takesJson(request: FastifyRequest): boolean {
  return (request.headers.accept ?? '').includes('application/json');
}

function sendJson(reply: FastifyReply, status: number, body: Wire): FastifyReply {
  return reply.code(status).type('application/json;charset=UTF-8').send(toJson(body));
}

function sendXml(reply: FastifyReply, status: number, body: Wire): FastifyReply {
  return reply.code(status).type('application/xml;charset=UTF-8').send(toXml(body));
}

/** Thrown by a handler to answer with an error. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(`refused with ${refusal.status}`);
    this.name = 'Refused';
  }
}
