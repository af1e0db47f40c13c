import type { FastifyInstance, FastifyReply } from 'fastify';
import { BooksError } from '../books/model.ts';

/** What a page is told by the address it was sent to after a form. */
export interface Told {
  done?: string;
  problem?: string;
}

/** The outcome of the last form, above the page's content. */
export function Message({ told }: { told: Told }) {
  if (told.problem) {
    return (
      <p class="message bad" role="alert">
        {told.problem}
      </p>
    );
  }
  return told.done ? (
    <p class="message" role="status">
      {told.done}
    </p>
  ) : null;
}

/** Does what a form asks and goes back to `page` with the outcome in words; a refusal of the books is one too. */
export async function act(reply: FastifyReply, page: string, work: () => string | Promise<string>) {
  let told: Told;
  try {
    told = { done: await work() };
  } catch (error) {
    if (!(error instanceof BooksError)) throw error;
    told = { problem: error.message };
  }
  const query = new URLSearchParams({ ...told });
  return reply.redirect(`${page}${page.includes('?') ? '&' : '?'}${query}`, 303);
}

/** Forms of the sandbox are accepted from its own pages only: another site must not write into the books. */
export function sameOriginOnly(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const site = request.headers['sec-fetch-site'];
    if (request.method === 'POST' && site !== undefined && site !== 'same-origin' && site !== 'none') {
      return reply.code(403).type('text/plain').send('This form was sent from another site.');
    }
  });
}
