import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freePort } from '../../src/platform/embedded-postgres.ts';
import { Browser } from '../support/browser.ts';

/** The program as `npm start` runs it after its build: everything in one data folder. */
const program = path.resolve('dist/src/main.js');
const node = path.resolve('node_modules/.bin/node');

let folder: string;
let env: Record<string, string>;
let duly: string;
let sandbox: string;
const children: ChildProcess[] = [];

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

function start(extra: Record<string, string> = {}): { ready: Promise<ChildProcess>; ended: Promise<Ended> } {
  const child = spawn(node, [program], { env: { ...env, ...extra }, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let said = '';
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, said })));
  const ready = new Promise<ChildProcess>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Duly is ready')) resolve(child);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    void ended.then(({ code }) => reject(new Error(`ended with ${code}: ${said}`)));
  });
  ready.catch(() => undefined);
  return { ready, ended };
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'duly-start-'));
  await chmod(folder, 0o755);
  const [port, sandboxPort] = [await freePort(), await freePort()];
  duly = `http://localhost:${port}`;
  sandbox = `http://127.0.0.1:${sandboxPort}`;
  env = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    DATA_DIR: path.join(folder, 'data'),
    PORT: String(port),
    SANDBOX_PORT: String(sandboxPort),
    LOG_LEVEL: 'warn',
  };
});

afterAll(async () => {
  for (const child of children)
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  await Promise.all(
    children.map((child) =>
      child.exitCode !== null || child.signalCode !== null
        ? null
        : new Promise((resolve) => child.once('exit', resolve)),
    ),
  );
  rmSync(folder, { recursive: true, force: true });
});

async function mails(): Promise<readonly { request: { Metadata: { ob: string } } }[]> {
  return (await (await fetch(`${sandbox}/control/mails`)).json()) as {
    request: { Metadata: { ob: string } };
  }[];
}

async function setClock(now: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  await fetch(`${sandbox}/control/clock`, { method: 'PUT', headers, body: JSON.stringify({ now }) });
}

async function until<T>(what: string, look: () => Promise<T | null>, limitMs = 120_000): Promise<T> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (performance.now() > deadline) throw new Error(`waited too long for ${what}`);
    // the program works in another process; its own pages are the only sign of it
    await pause(50);
  }
}

it('a missing or wrong setting: every fault is listed at once, exit 1', async () => {
  const { ended } = start({ PORT: 'many', ROLE: 'boss', XERO_CLIENT_ID: 'x', BASE_URL: 'nowhere' });
  const { code, said } = await ended;
  expect(code).toBe(1);
  for (const name of [
    'PORT',
    'ROLE',
    'XERO_CLIENT_SECRET',
    'BASE_URL',
    'SECRET_KEY',
    'POSTMARK_SERVER_TOKEN',
  ])
    expect(said).toContain(name);
});

it('starts with nothing installed, refuses a second start, and after kill -9 comes up with everything, nothing sent twice', async () => {
  const child = await start().ready;
  const second = await start({ PORT: String(await freePort()), SANDBOX_PORT: String(await freePort()) })
    .ended;
  expect(second.code).toBe(1);
  expect(second.said).toMatch(/already running/i);

  // a morning on which windows are open in Portland
  await setClock('2026-11-30T18:00:00Z');
  const browser = new Browser(duly);
  const consent = await browser.get('/connect/quickbooks');
  const arrived = await browser.submit(consent, '', { decision: 'connect' });
  const companyId = /\/companies\/([0-9a-f-]{36})/.exec(arrived.url)?.[1];
  await until('the first sync', async () =>
    (await browser.get(`/companies/${companyId}/receivables`)).html.includes('data-row') ? true : null,
  );
  const settings = await browser.get(`/companies/${companyId}/settings`);
  await browser.submit(settings, '/settings', { mode: 'approve' });
  const approve = await until('the batch', async () => {
    const page = await browser.get(`/companies/${companyId}/approve`);
    return page.html.includes('name="touch"') ? page : null;
  });
  const wanted = [
    ...approve.html.matchAll(/name="touch"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="touch"/g),
  ].map((match) => match[1] ?? match[2] ?? '');
  expect(wanted.length).toBeGreaterThan(5);
  await browser.submit(approve, '/approve', { touch: wanted });
  await until('the first mail', async () => ((await mails()).length > 0 ? true : null));
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));

  await start().ready;
  // what was reserved when the program died is looked up after a minute of the clock, which now runs fast
  let at = Date.parse('2026-11-30T18:05:00Z');
  let moved = performance.now();
  await until('every released message', async () => {
    if (performance.now() - moved > 500) {
      at += 60_000;
      moved = performance.now();
      await setClock(new Date(at).toISOString());
    }
    return new Set((await mails()).map((mail) => mail.request.Metadata.ob)).size === wanted.length
      ? true
      : null;
  });
  const sent = (await mails()).map((mail) => mail.request.Metadata.ob);
  expect([...sent].sort()).toEqual([...new Set(wanted)].sort());
  expect(readFileSync(path.join(folder, 'data', 'secret.key'), 'utf8').length).toBeGreaterThan(30);
}, 300_000);
