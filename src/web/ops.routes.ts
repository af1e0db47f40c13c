import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { callCounts } from '../companies/call-count.ts';
import type { Duly } from '../platform/context.ts';

/** /healthz: the process answers. /readyz: it can work. /metrics: for Prometheus, without anybody's data. */
export function installOps(app: FastifyInstance, duly: Duly): void {
  const metrics = makeMetrics(duly);
  timeRequests(app, metrics);
  app.get('/healthz', async () => ({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    try {
      await sql`select 1`.execute(duly.db);
      return { ready: true };
    } catch (error) {
      duly.log.warn({ err: error }, 'not ready: the database does not answer');
      return reply.code(503).send({ ready: false });
    }
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  );
}

function makeMetrics(duly: Duly): Registry {
  const register = new Registry();
  collectDefaultMetrics({ register, prefix: 'duly_' });
  new Gauge({
    name: 'duly_jobs_waiting',
    help: 'Jobs that could run now and do not yet',
    registers: [register],
    async collect() {
      // the queue's own view; the pool's role owns it
      const answer = await duly.pool.query<{ waiting: number }>(
        'select count(*)::int as waiting from graphile_worker.jobs where run_at <= now() and locked_at is null',
      );
      this.set(answer.rows[0]?.waiting ?? 0);
    },
  });
  for (const name of Object.keys(duly.tally) as (keyof Duly['tally'])[]) {
    new Gauge({
      name: `duly_stage_${name}`,
      help: `Counted by this process since its start: ${name}`,
      registers: [register],
      collect() {
        this.set(duly.tally[name]);
      },
    });
  }
  new Gauge({
    name: 'duly_ledger_calls',
    help: 'Calls to ledgers by this process since its start, by vendor, kind and outcome',
    labelNames: ['provider', 'kind', 'outcome'],
    registers: [register],
    collect() {
      for (const { calls, ...labels } of callCounts()) this.set(labels, calls);
    },
  });
  return register;
}

function timeRequests(app: FastifyInstance, register: Registry): void {
  const seconds = new Histogram({
    name: 'duly_http_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [register],
  });
  // the pattern of the route, never the address: that would hold ids
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    seconds.observe(
      { method: request.method, route, status: String(reply.statusCode) },
      reply.elapsedTime / 1_000,
    );
  });
}
