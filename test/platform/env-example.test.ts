import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/platform/config.ts';

const example = readFileSync('.env.example', 'utf8').split('\n');

/** The settings of the example: `NAME=` is empty on purpose, `#NAME=value` shows the default. */
const settings = example.flatMap((line, index) => {
  const found = /^(#?)([A-Z][A-Z0-9_]*)=(.*)$/.exec(line);
  const [, mark, name, value] = found ?? [];
  return name === undefined ? [] : [{ name, value: value ?? '', isDefault: mark === '#', index }];
});

/** Names that `from` takes in the way that `pattern` finds. */
function names(from: string, pattern: RegExp): string[] {
  return [...readFileSync(from, 'utf8').matchAll(pattern)].flatMap(([, name]) => name ?? []);
}

describe('.env.example', () => {
  it('names every setting that is read, once, and none that is not', () => {
    const read = names(
      'src/platform/config.ts',
      /\b\w+\s*\.(?:text|given|oneOf|number|url)\(\s*'([A-Z0-9_]+)'/g,
    );
    const composed = names('compose.yaml', /\$\{([A-Z0-9_]+)/g);
    expect(read.length).toBeGreaterThan(30);
    expect(settings.map(({ name }) => name).sort()).toEqual([...new Set([...read, ...composed])].sort());
  });

  it('shows the true defaults', () => {
    const shown = settings.filter(({ isDefault }) => isDefault).map(({ name, value }) => [name, value]);
    expect(shown.length).toBeGreaterThan(15);
    expect(readConfig(Object.fromEntries(shown))).toEqual(readConfig({}));
  });

  it('starts the program as it stands, and holds no secret', () => {
    const given = settings.filter(({ isDefault }) => !isDefault);
    expect(given.filter(({ value }) => value !== '')).toEqual([]);
    expect(readConfig(Object.fromEntries(given.map(({ name, value }) => [name, value])))).toEqual(
      readConfig({}),
    );
  });

  it('explains each setting, or the group that it stands in', () => {
    for (const { name, index } of settings) {
      let line = index - 1;
      while (/^#?[A-Z][A-Z0-9_]*=/.test(example[line] ?? '')) line -= 1;
      expect(`${name}: ${example[line]}`).toMatch(/: # \S/);
    }
  });
});
