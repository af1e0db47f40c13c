import type { FastifyPluginAsync } from 'fastify';
import { BooksError } from '../books/model.ts';
import type { SandboxContext } from '../context.ts';
import { ClockPage, movedClock } from './clock.view.tsx';
import { css } from './css.ts';
import { act, sameOriginOnly, type Told } from './forms.tsx';
import { Home } from './home.view.tsx';
import { page } from './layout.tsx';
import { ledgerRoutes } from './ledger.routes.tsx';

/** The pages for a person: ledgers, invoices, customers, clock. Plain forms; they work without script. */
export function pages(context: SandboxContext, advance: (now: Date) => void): FastifyPluginAsync {
  const { books, clock, config } = context;
  return async (app) => {
    sameOriginOnly(app);
    app.setErrorHandler((error, _request, reply) => {
      const missing = error instanceof BooksError && error.code === 'not_found';
      const { statusCode = 500, message } = error as Error & { statusCode?: number };
      return reply
        .code(missing ? 404 : statusCode)
        .type('text/html; charset=utf-8')
        .send(
          page(
            missing ? 'Not here' : 'Not done',
            <section class="card">
              <h1>{missing ? 'This is not in the books' : 'That did not work'}</h1>
              <p>{message}</p>
              <a href="/">All ledgers</a>
            </section>,
          ),
        );
    });
    app.get('/sandbox.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(css));
    app.get('/', async (_request, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .send(
          page('Ledgers', <Home books={books} now={clock.now().toISOString()} dulyUrl={config.dulyUrl} />),
        ),
    );
    app.get<{ Querystring: Told }>('/clock', async ({ query }, reply) => {
      const shared = config.clockFile !== undefined;
      return reply
        .type('text/html; charset=utf-8')
        .send(page('Clock', <ClockPage books={books} now={clock.now()} shared={shared} told={query} />));
    });
    app.post<{ Body: { move?: string; zone?: string; at?: string } }>('/clock', async ({ body }, reply) =>
      act(reply, '/clock', () => {
        const zone = body.zone ?? books.companies()[0]?.timeZone ?? 'UTC';
        const known = body.move !== undefined && ['1', '3', 'morning'].includes(body.move);
        const to = known ? movedClock(clock.now(), body.move ?? '1', zone) : new Date(body.at ?? '');
        if (Number.isNaN(to.getTime())) throw new BooksError('invalid', `"${body.at}" is not an instant.`);
        clock.set(to);
        advance(to);
        return 'The clock moved.';
      }),
    );
    ledgerRoutes(app, context);
  };
}
