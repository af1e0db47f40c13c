import type { FastifyInstance } from 'fastify';
import { bounce } from './accept.ts';
import type { PostmarkRuntime, PostmarkSettings } from './runtime.ts';
import { bounceKind } from './wire/bounces.ts';

type WithId = { Params: { id: string } };

/** The mailbox for tests: JSON, oldest first, messages exactly as they came. */
export function mailControl(app: FastifyInstance, runtime: PostmarkRuntime): void {
  /** `to`: a recipient's address; `since`: an ISO instant by the sandbox clock, inclusive. */
  app.get<{ Querystring: { to?: string; since?: string } }>('/control/mails', async (request) => {
    const to = request.query.to?.toLowerCase();
    const since = request.query.since ? Date.parse(request.query.since) : Number.NEGATIVE_INFINITY;
    return runtime.mails
      .all()
      .filter((mail) => !to || mail.recipients.some((each) => each.toLowerCase() === to))
      .filter((mail) => Date.parse(mail.at) >= since);
  });

  app.delete('/control/mails', async (_request, reply) => {
    runtime.mails.clear();
    return reply.code(204).send();
  });

  app.get<WithId>('/control/mails/:id', async (request, reply) => {
    const mail = runtime.mails.get(request.params.id);
    return mail ?? reply.code(404).send({ error: 'There is no such mail' });
  });

  /** `type` as in Postmark's list, SpamComplaint included; absent: HardBounce. */
  app.post<WithId & { Body: { type?: string; recipient?: string } | null }>(
    '/control/mails/:id/bounce',
    async (request, reply) => {
      const mail = runtime.mails.get(request.params.id);
      const kind = bounceKind(request.body?.type ?? 'HardBounce');
      const recipient = request.body?.recipient ?? mail?.recipients[0];
      if (!mail || !kind || !recipient)
        return reply.code(404).send({ error: 'There is no such mail or bounce type' });
      bounce(runtime, mail, recipient, kind);
      return { type: kind.type, recipient };
    },
  );

  app.put<{ Body: Partial<PostmarkSettings> }>('/control/postmark/settings', async (request) => {
    runtime.settings = { ...runtime.settings, ...request.body };
    return runtime.settings;
  });
}
