import { PassThrough } from 'node:stream';
import { expect, it } from '@jest/globals';
import { LedgerError } from '../../src/platform/errors.ts';
import { makeLog } from '../../src/platform/log.ts';

function logged(write: (log: ReturnType<typeof makeLog>) => void): string {
  const stream = new PassThrough();
  write(makeLog('trace', stream));
  return String(stream.read() ?? '');
}

it('AUTH-10 no token, code, state, address, body or id of the books reaches a log line, however deep it lies', () => {
  const secrets = {
    accessToken: 'SECRET-access',
    refresh_token: 'SECRET-refresh',
    authorization: 'Basic SECRET-basic',
    code: 'SECRET-code',
    state: 'SECRET-state',
    email: 'SECRET@customer.example',
    recipient: 'SECRET-recipient',
    subject: 'SECRET subject',
    html: '<p>SECRET</p>',
    text: 'SECRET text',
    ledgerRef: 'SECRET-realm',
    cookie: 'SECRET-cookie',
  };
  const line = logged((log) => log.info({ ...secrets, inner: secrets, deeper: { inner: secrets } }, 'said'));
  expect(line).toContain('[redacted]');
  expect(line).not.toContain('SECRET');
});

it('an error is logged with its kind and the vendor’s trace id, without what an SDK hung on it', () => {
  const vendorError = Object.assign(new Error('boom'), {
    authResponse: {
      response: { config: { auth: 'SECRET-basic' }, data: { refresh_token: 'SECRET-refresh' } },
    },
  });
  expect(logged((log) => log.error({ err: vendorError }, 'failed'))).not.toContain('SECRET');
  const line = logged((log) =>
    log.warn({ err: new LedgerError('rate_limited', 'slow down', { traceId: 'tid-1' }) }, 'x'),
  );
  expect(line).toContain('rate_limited');
  expect(line).toContain('tid-1');
});
