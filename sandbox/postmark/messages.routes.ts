import type { FastifyInstance } from 'fastify';
import type { Mail } from './mails.ts';
import { PostmarkRefusal } from './refusal.ts';
import type { PostmarkRuntime } from './runtime.ts';
import { foundMessage, messageDetails } from './wire/search.ts';

const KEPT = 45 * 24 * 60 * 60_000;
type Query = Record<string, string>;

/** `GET /messages/outbound`, newest first, and one message's details. Messages are found for 45 days. */
export function messageRoutes(app: FastifyInstance, runtime: PostmarkRuntime): void {
  const visible = () => {
    const now = runtime.ctx.clock.now().getTime();
    const lag = runtime.settings.indexLagSeconds * 1000;
    return runtime.mails.all().filter((mail) => {
      const age = now - Date.parse(mail.at);
      return age <= KEPT && age >= lag;
    });
  };

  app.get<{ Querystring: Query }>('/messages/outbound', async (request) => {
    const { query } = request;
    const [count, offset] = [whole(query.count), whole(query.offset)];
    if (count === undefined || count < 1 || count > 500) throw wrong("Parameter 'count' must be 1 to 500.");
    if (offset === undefined) throw wrong("Parameter 'offset' is required.");
    if (count + offset > 10_000) throw wrong("'count' and 'offset' together may be at most 10000.");
    const metadata = Object.entries(query).filter(([name]) => name.startsWith('metadata_'));
    if (metadata.length > 1) throw wrong('Only one metadata field can be searched at a time.');
    const found = visible()
      .filter((mail) => matches(mail, query, metadata[0]))
      .toReversed();
    return { TotalCount: found.length, Messages: found.slice(offset, offset + count).map(foundMessage) };
  });

  app.get<{ Params: { id: string } }>('/messages/outbound/:id/details', async (request) => {
    const mail = visible().find((each) => each.id === request.params.id);
    if (!mail) throw new PostmarkRefusal(422, 701, 'This message was not found.');
    return messageDetails(mail);
  });
}

/** Without `messagestream` only the stream `outbound` is searched. */
function matches(mail: Mail, query: Query, metadata: [string, string] | undefined): boolean {
  if (mail.stream !== (query.messagestream ?? 'outbound')) return false;
  if (metadata && mail.metadata[metadata[0].slice('metadata_'.length)] !== metadata[1]) return false;
  if (query.recipient && !mail.recipients.some((each) => same(each, query.recipient))) return false;
  if (query.tag && mail.tag !== query.tag) return false;
  if (query.subject && !mail.subject.toLowerCase().includes(query.subject.toLowerCase())) return false;
  return !query.fromemail || mail.from.toLowerCase().includes(query.fromemail.toLowerCase());
}

function same(a: string, b: string | undefined): boolean {
  return a.toLowerCase() === b?.toLowerCase();
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

function wrong(words: string): PostmarkRefusal {
  return new PostmarkRefusal(422, 300, words);
}
