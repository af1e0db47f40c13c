import type { FastifyInstance } from 'fastify';
import { PostmarkRefusal } from './refusal.ts';
import type { PostmarkRuntime } from './runtime.ts';
import { subscriptionEvent } from './wire/events.ts';
import { sevenDigits } from './wire/message.ts';

type OfStream = { Params: { stream: string } };
type Query = { SuppressionReason?: string; Origin?: string; EmailAddress?: string };

/** The suppression lists of a stream: dump, add, delete; at most 50 addresses at once. */
export function suppressionRoutes(app: FastifyInstance, runtime: PostmarkRuntime): void {
  const base = '/message-streams/:stream/suppressions';
  const change = (stream: string, recipient: string, reason: string | null) => {
    const at = runtime.ctx.clock.now().toISOString();
    runtime.ring(subscriptionEvent({ stream, recipient, origin: 'Customer', reason, at }));
  };

  app.get<OfStream & { Querystring: Query }>(`${base}/dump`, async (request) => {
    const { SuppressionReason, Origin, EmailAddress } = request.query;
    const rows = runtime.suppressions
      .of(known(runtime, request.params.stream))
      .filter((row) => !SuppressionReason || row.reason === SuppressionReason)
      .filter((row) => !Origin || row.origin === Origin)
      .filter((row) => !EmailAddress || row.email.toLowerCase() === EmailAddress.toLowerCase());
    return {
      Suppressions: rows.map((row) => ({
        EmailAddress: row.email,
        SuppressionReason: row.reason,
        Origin: row.origin,
        CreatedAt: sevenDigits(row.at),
      })),
    };
  });

  app.post<OfStream>(base, async (request) => {
    const stream = known(runtime, request.params.stream);
    const at = runtime.ctx.clock.now().toISOString();
    return {
      Suppressions: addresses(request.body).map((EmailAddress) => {
        runtime.suppressions.add({
          stream,
          email: EmailAddress,
          reason: 'ManualSuppression',
          origin: 'Customer',
          at,
        });
        change(stream, EmailAddress, 'ManualSuppression');
        return { EmailAddress, Status: 'Suppressed', Message: null };
      }),
    };
  });

  app.post<OfStream>(`${base}/delete`, async (request) => {
    const stream = known(runtime, request.params.stream);
    return {
      Suppressions: addresses(request.body).map((EmailAddress) => {
        const was = runtime.suppressions.get(stream, EmailAddress) !== undefined;
        if (!runtime.suppressions.remove(stream, EmailAddress)) {
          const Message = 'You do not have the required authority to change this suppression.';
          return { EmailAddress, Status: 'Failed', Message };
        }
        if (was) change(stream, EmailAddress, null);
        return { EmailAddress, Status: 'Deleted', Message: null };
      }),
    };
  });
}

function known(runtime: PostmarkRuntime, stream: string): string {
  if (runtime.settings.streams.includes(stream)) return stream;
  throw new PostmarkRefusal(422, 1226, 'The message stream for the provided ID was not found.');
}

function addresses(body: unknown): string[] {
  const list = (body as { Suppressions?: unknown } | null)?.Suppressions;
  const found = Array.isArray(list)
    ? list.map((each: { EmailAddress?: unknown }) => String(each?.EmailAddress ?? ''))
    : [];
  if (found.length === 0 || found.length > 50) {
    throw new PostmarkRefusal(422, 300, 'Between 1 and 50 suppressions can be changed at once.');
  }
  return found;
}
