import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../../src/platform/embedded-postgres.ts';
import { sandboxAddresses, sandboxKeys } from '../../src/platform/sandbox-config.ts';
import { Browser } from './browser.ts';
import { type TestDatabase, testDatabase } from './database.ts';

export interface TickResult {
  readonly synced: number;
  readonly positions: number;
  readonly planned: number;
  readonly sent: number;
  readonly held: number;
  readonly failed: number;
  readonly uncertain: number;
  readonly notes: number;
  readonly problems: readonly { companyId: string; kind: string; subject: string; what: string }[];
}

interface Options {
  /** The instant at which the world begins. */
  readonly now: string;
  /** A CSV book for the sandbox instead of its sample companies. */
  readonly book?: string;
  /** Whether ledger events ring our doorbells; off by default, so that a test decides when the books are read. */
  readonly webhooks?: boolean;
  readonly role?: 'web' | 'all';
  /** False: the sandbox's answers are not held against the vendors' schemas, for a test of thousands like others'. */
  readonly judged?: boolean;
  /** How much the product's processes log; `output` has it all. */
  readonly logLevel?: string;
}

const node = path.resolve('node_modules/.bin/node');
const OFFICIAL = path.resolve('../shared/official');

/**
 * The product as it is shipped (compiled, in processes of its own), a sandbox, a database and a clock of their own.
 * A test talks to it over the wire only.
 */
export class World {
  readonly duly: string;
  readonly sandbox: string;
  readonly database: TestDatabase;
  readonly #folder: string;
  readonly #env: Record<string, string>;
  readonly #children: ChildProcess[] = [];
  #web: ChildProcess | null = null;
  readonly #output: string[] = [];

  private constructor(database: TestDatabase, ports: { duly: number; sandbox: number }, options: Options) {
    this.database = database;
    this.duly = `http://localhost:${ports.duly}`;
    this.sandbox = `http://127.0.0.1:${ports.sandbox}`;
    this.#folder = mkdtempSync(path.join(os.tmpdir(), 'duly-world-'));
    writeFileSync(this.clockFile, options.now);
    this.#env = {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      // what Node.js has compiled once in this run, the next process does not compile again
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '',
      CLOCK_FILE: this.clockFile,
      DATA_DIR: this.#folder,
      DATABASE_URL: database.url,
      PORT: String(ports.duly),
      SANDBOX: 'off',
      SECRET_KEY: 'a key for tests that is long enough to pass',
      LOG_LEVEL: options.logLevel ?? process.env.TEST_LOG_LEVEL ?? 'warn',
      ROLE: options.role ?? 'web',
      POSTMARK_FROM: 'reminders@notices.duly.example',
      SANDBOX_PORT: String(ports.sandbox),
      ...sandboxKeys,
      ...sandboxAddresses(this.sandbox),
      ...(options.webhooks === true ? { DULY_URL: this.duly } : {}),
      ...(options.book === undefined ? {} : { SANDBOX_BOOK: options.book }),
      // every answer of the sandbox is then judged by the vendors' own schemas
      ...(options.judged !== false && existsSync(OFFICIAL) ? { SANDBOX_VALIDATE: OFFICIAL } : {}),
    };
  }

  static async start(options: Options): Promise<World> {
    const database = await testDatabase();
    const world = new World(database, { duly: await freePort(), sandbox: await freePort() }, options);
    try {
      await Promise.all([world.#spawn('dist/sandbox/main.js', 'sandbox'), world.startDuly()]);
    } catch (error) {
      await world.stop();
      throw error;
    }
    return world;
  }

  /** What the product's processes are started with. */
  get environment(): Readonly<Record<string, string>> {
    return this.#env;
  }

  get clockFile(): string {
    return path.join(this.#folder, 'now');
  }

  async now(): Promise<Date> {
    return new Date((await readFile(this.clockFile, 'utf8')).trim());
  }

  /** Moves the one clock of product and sandbox. */
  async setNow(instant: string): Promise<void> {
    await writeFile(`${this.clockFile}.new`, instant);
    await rename(`${this.clockFile}.new`, this.clockFile);
  }

  async startDuly(): Promise<void> {
    this.#web = await this.#spawn('dist/src/main.js', 'Duly is ready');
  }

  /** As `kill -9` does: no goodbye. */
  async killDuly(): Promise<void> {
    const child = this.#web;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    this.#web = null;
  }

  /** A further process that works on jobs and serves no pages. */
  async startWorker(): Promise<ChildProcess> {
    return await this.#spawn('dist/src/main.js', 'Duly is working', { ROLE: 'worker' });
  }

  /** All that the product's processes have written so far, on stdout and stderr. */
  get output(): string {
    return this.#output.join('');
  }

  browser(): Browser {
    return new Browser(this.duly);
  }

  /** `npm run tick -- --json`, as an operator runs it. Throws when it does not end well, unless `mayFail`. */
  async tick(mayFail = false): Promise<TickResult> {
    const { code, out, err } = await this.command('dist/src/tick.js', ['--json']);
    if (code !== 0 && !mayFail) throw new Error(`tick ended with ${code}: ${err}`);
    return JSON.parse(out) as TickResult;
  }

  async apiKey(companyId: string): Promise<string> {
    const { code, out, err } = await this.command('dist/src/api-key.js', ['--company', companyId]);
    if (code !== 0) throw new Error(err);
    return out.trim();
  }

  async command(
    file: string,
    args: readonly string[],
  ): Promise<{ code: number | null; out: string; err: string }> {
    const child = spawn(node, [file, ...args], { env: this.#env, stdio: ['ignore', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    this.#output.push(...[...out, ...err].map(String));
    return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() };
  }

  /** The sandbox's control interface. */
  async control<T>(method: string, address: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.sandbox}/control${address}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${address}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** Ends everything. Throws when the sandbox gave an answer that its vendor would never give. */
  async stop(): Promise<void> {
    const complaints = await this.control<string[]>('GET', '/complaints').catch((): string[] => []);
    for (const child of this.#children)
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await Promise.all(this.#children.map(ended));
    await this.database.drop();
    rmSync(this.#folder, { recursive: true, force: true });
    if (complaints.length > 0) throw new Error(complaints.slice(0, 20).join('\n'));
  }

  #spawn(file: string, readyWord: string, more: Record<string, string> = {}): Promise<ChildProcess> {
    const env = { ...this.#env, ...more };
    const child = spawn(node, [file], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#children.push(child);
    const keep = (chunk: Buffer): unknown => this.#output.push(chunk.toString());
    if (file.includes('/src/')) for (const pipe of [child.stdout, child.stderr]) pipe.on('data', keep);
    return new Promise((resolve, reject) => {
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes(readyWord)) resolve(child);
      });
      child.stderr.on('data', (chunk: Buffer) => {
        if (process.env.TEST_LOG_LEVEL !== undefined) process.stderr.write(chunk);
        said += chunk.toString();
      });
      child.once('exit', (code) => reject(new Error(`${file} ended with ${code}: ${said}`)));
    });
  }
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), 12_000);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
  });
}
