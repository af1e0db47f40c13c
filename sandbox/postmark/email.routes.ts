import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { accept } from './accept.ts';
import { PostmarkRefusal } from './refusal.ts';
import type { PostmarkRuntime } from './runtime.ts';
import type { OutgoingMessage } from './wire/message.ts';

const BATCH_LIMIT = 500;
const FIFTY_MB = 50 * 1024 * 1024;
const TEST_TOKEN = 'POSTMARK_API_TEST';

/** `POST /email` and `POST /email/batch`. */
export function emailRoutes(app: FastifyInstance, runtime: PostmarkRuntime): void {
  app.post('/email', async (request, reply) => {
    const { body } = request;
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw new PostmarkRefusal(422, 403, 'Invalid field(s): the body must be one message.');
    }
    const answer = accept(runtime, body as OutgoingMessage, isTest(request));
    const code = Number(answer.ErrorCode);
    if (code !== 0) throw new PostmarkRefusal(422, code, String(answer.Message));
    return afterwards(request, reply, answer);
  });

  app.post('/email/batch', { bodyLimit: FIFTY_MB }, async (request, reply) => {
    const { body } = request;
    if (!Array.isArray(body))
      throw new PostmarkRefusal(422, 403, 'Invalid field(s): the body must be an array.');
    if (body.length > BATCH_LIMIT) {
      throw new PostmarkRefusal(422, 410, `A batch may hold at most ${BATCH_LIMIT} messages.`);
    }
    // 200 even when items fail; a failed item has a code and words only
    const answers = body.map((each) => accept(runtime, (each ?? {}) as OutgoingMessage, isTest(request)));
    return afterwards(request, reply, answers);
  });
}

/** What can go wrong once the message is accepted: the sender can't know that it was. */
function afterwards(request: FastifyRequest, reply: FastifyReply, answer: unknown): FastifyReply {
  const fault = request.sandboxFault;
  if (fault?.kind === 'sent_but_500') {
    return reply
      .code(fault.status ?? 500)
      .send({ ErrorCode: 500, Message: 'An internal server error occurred.' });
  }
  if (fault?.kind === 'sent_but_html') {
    return reply
      .code(fault.status ?? 200)
      .type('text/html')
      .send('<html><body>Please log in to the network</body></html>');
  }
  if (fault?.kind !== 'stall') return reply.send(answer);
  const text = JSON.stringify(answer);
  reply.hijack();
  reply.raw.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  reply.raw.write(text.slice(0, 10));
  // the rest never comes; the line is cut after a while so that nothing is left hanging
  setTimeout(() => reply.raw.destroy(), fault.ms ?? 30_000).unref();
  return reply;
}

function isTest(request: FastifyRequest): boolean {
  return request.headers['x-postmark-server-token'] === TEST_TOKEN;
}
