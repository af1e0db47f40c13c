import { describe, expect, test } from '@jest/globals';
import { ConfigError, readConfig } from '../../src/platform/config.ts';

const key = 'k'.repeat(32);

function faults(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  test('with nothing set, the sandbox is on and everything else has a default', () => {
    const config = readConfig({});
    expect(config.sandbox.on).toBe(true);
    expect(config.baseUrl).toBe('http://localhost:3000');
    expect(config.databaseUrl).toBeNull();
  });

  test('every fault is listed at once', () => {
    const found = faults({
      PORT: 'abc',
      SANDBOX: 'perhaps',
      ROLE: 'boss',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://x',
      SECRET_KEY: 'short',
      BASE_URL: 'duly.example',
      INTUIT_CLIENT_ID: 'only the id',
    }).join('\n');
    const named = [
      'PORT',
      'SANDBOX',
      'ROLE',
      'LOG_LEVEL',
      'DATABASE_URL',
      'SECRET_KEY',
      'BASE_URL',
      'INTUIT_CLIENT_SECRET',
    ];
    for (const name of named) expect(found).toContain(name);
  });

  test('in production the sandbox, a clock file and plain http are refused', () => {
    const found = faults({
      NODE_ENV: 'production',
      SANDBOX: 'on',
      CLOCK_FILE: 'clock',
      SECRET_KEY: key,
    }).join('\n');
    for (const name of ['SANDBOX=on', 'CLOCK_FILE', 'BASE_URL']) expect(found).toContain(name);
  });

  test('no fault repeats the value of a secret', () => {
    const found = faults({ SECRET_KEY: 'hunter2', DATABASE_URL: 'mysql://user:hunter2@host/db' }).join('\n');
    expect(found).not.toContain('hunter2');
  });

  test('a configured ledger switches the sandbox off and asks for mail and a key', () => {
    const found = faults({
      XERO_CLIENT_ID: 'a',
      XERO_CLIENT_SECRET: 'b',
      XERO_WEBHOOK_KEY: 'c',
    }).join('\n');
    for (const name of ['SECRET_KEY', 'POSTMARK_SERVER_TOKEN', 'POSTMARK_WEBHOOK_USER'])
      expect(found).toContain(name);
  });
});
