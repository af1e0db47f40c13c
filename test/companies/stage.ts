import type { FastifyInstance } from 'fastify';
import { readSandboxConfig } from '../../sandbox/config.ts';
import { buildSandbox } from '../../sandbox/server.ts';
import { compose } from '../../src/app.ts';
import { readConfig } from '../../src/platform/config.ts';
import type { Duly } from '../../src/platform/context.ts';
import { freePort } from '../../src/platform/embedded-postgres.ts';
import { makeLog } from '../../src/platform/log.ts';
import { sandboxKeys, withSandbox } from '../../src/platform/sandbox-config.ts';
import { buildServer } from '../../src/web/server.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

/** Duly's web server and the vendors' stand-ins, both listening, on a database of their own. */
export interface Stage {
  readonly duly: Duly;
  readonly app: FastifyInstance;
  readonly database: TestDatabase;
  readonly url: string;
  readonly sandboxUrl: string;
  order(fault: Record<string, unknown>): Promise<void>;
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const database = await testDatabase();
  const [port, sandboxPort] = [await freePort(), await freePort()];
  const sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
  const sandboxConfig = readSandboxConfig({
    ...sandboxKeys,
    SANDBOX_PORT: String(sandboxPort),
    SANDBOX_PUBLIC_URL: sandboxUrl,
  });
  const sandbox = await buildSandbox(sandboxConfig);
  await sandbox.app.listen({ host: '127.0.0.1', port: sandboxPort });
  const config = readConfig({
    PORT: String(port),
    SANDBOX: 'on',
    SECRET_KEY: 'test key test key test key test key',
    DATABASE_URL: database.url,
    LOG_LEVEL: 'silent',
  });
  const duly = compose(
    withSandbox({ ...config, clockFile: null }, sandboxUrl),
    database.pool,
    makeLog('silent'),
  );
  const app = await buildServer(duly);
  await app.listen({ host: '127.0.0.1', port });
  return {
    duly,
    app,
    database,
    url: `http://localhost:${port}`,
    sandboxUrl,
    async order(fault) {
      const answer = await fetch(`${sandboxUrl}/control/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fault),
      });
      if (!answer.ok) throw new Error(await answer.text());
    },
    async close() {
      await app.close();
      await sandbox.app.close();
      await database.drop();
    },
  };
}
