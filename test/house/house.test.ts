import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { breaches, clean } from './breaches.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The check, run as `npm run check` runs it, on a tree of the given files. */
function inspect(files: Readonly<Record<string, string>>): { exitCode: number | null; said: string[] } {
  const root = mkdtempSync(path.join(os.tmpdir(), 'duly-house-'));
  folders.push(root);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.join(root, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  return run(root);
}

function run(root: string): { exitCode: number | null; said: string[] } {
  const { status, stderr } = spawnSync(process.execPath, ['tools/house.mjs', root], { encoding: 'utf8' });
  return { exitCode: status, said: stderr.split('\n').filter((line) => line !== '') };
}

describe('the house check', () => {
  it('passes a tree that keeps every rule, comments and types included', () => {
    expect(inspect(clean)).toEqual({ exitCode: 0, said: [] });
  });

  it.each([...breaches])('catches it when %s', (_, file, text, expected) => {
    const { exitCode, said } = inspect({ ...clean, [file]: `${text.trimEnd()}\n` });
    expect(said[0]).toMatch(expected);
    expect(said).toHaveLength(2);
    expect(exitCode).toBe(1);
  });

  it('warns of a long file without failing', () => {
    const { exitCode, said } = inspect({ ...clean, 'src/books/long.ts': 'export {};\n'.repeat(251) });
    expect(said).toEqual(['house: warning: longer than 250 lines: src/books/long.ts (251)']);
    expect(exitCode).toBe(0);
  });

  it('refuses a plain file that works on the database through another', () => {
    const { exitCode, said } = inspect({
      ...clean,
      'src/books/sly.ts': "import { one } from '../companies/company.store.ts';\nexport { one };\n",
    });
    expect(exitCode).toBe(1);
    expect(said.join('\n')).toMatch(/src\/books\/sly\.ts:1: purity/);
  });

  it('refuses a file that it cannot read', () => {
    const { exitCode, said } = inspect({ ...clean, 'src/books/a.ts': 'export const = ;\n' });
    expect(exitCode).not.toBe(0);
    expect(said.join('\n')).toMatch(/src\/books\/a\.ts can't be parsed/);
  });

  it('finds this house in order', () => {
    const { exitCode, said } = run('.');
    expect(said.filter((line) => !line.startsWith('house: warning'))).toEqual([]);
    expect(exitCode).toBe(0);
  });
});
