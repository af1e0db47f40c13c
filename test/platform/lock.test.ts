import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { FolderInUse, lockFolder, readRunFile } from '../../src/platform/lock.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'duly-lock-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

const run = { pid: 4711, since: '2026-11-02T10:00:00.000Z', url: 'http://localhost:3000', sandboxUrl: null };

/** Another process that takes the lock and keeps it until it is killed. */
async function otherOwner() {
  const code = `
    import { DatabaseSync } from 'node:sqlite';
    const lock = new DatabaseSync(${JSON.stringify(path.join(folder, 'duly.lock'))});
    lock.exec('begin exclusive');
    process.stdout.write('locked');
    setInterval(() => lock, 1000);`;
  const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', code]);
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}

describe('the lock of a data folder', () => {
  test('a second start is refused and says who runs already', async () => {
    const child = await otherOwner();
    writeFileSync(path.join(folder, 'run.json'), JSON.stringify(run));
    expect(() => lockFolder(folder)).toThrow(FolderInUse);
    expect(() => lockFolder(folder)).toThrow(
      'Duly is already running on this data folder (pid 4711, since 2026-11-02T10:00:00.000Z, http://localhost:3000). Stop it, or set DATA_DIR to another folder.',
    );
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  test('kill -9 frees it, and what the dead process told about itself is forgotten', async () => {
    const lock = lockFolder(folder);
    expect(readRunFile(folder)).toBeNull();
    lock.announce(run);
    expect(readRunFile(folder)).toEqual(run);
    lock.release();
    expect(readRunFile(folder)).toBeNull();
  });

  test('a run file with anything else in it is no run file', () => {
    writeFileSync(path.join(folder, 'run.json'), '{"pid":"x"}');
    expect(readRunFile(folder)).toBeNull();
  });
});
