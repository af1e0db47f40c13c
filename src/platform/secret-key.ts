import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Config } from './config.ts';
import { randomText } from './crypto.ts';

/** The configured keys; without any (the sandbox only) one that is made once and kept in the data folder. */
export function secretKeysOf(config: Config): readonly string[] {
  if (config.secretKeys !== null) return config.secretKeys;
  const file = path.join(config.dataDir, 'secret.key');
  if (existsSync(file)) return [readFileSync(file, 'utf8').trim()];
  const key = randomText(48);
  writeFileSync(file, `${key}\n`, { mode: 0o600, flag: 'wx' });
  return [key];
}
