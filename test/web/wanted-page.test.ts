import { expect, it } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { takeWantedPage } from '../../src/web/wanted-page.ts';

it('after signing in only a page of a company is believed, whatever the browser’s cookie says', () => {
  const config = { baseUrl: 'http://localhost:1' };
  const reply = { clearCookie: () => undefined } as unknown as FastifyReply;
  const taken = (page: string): string =>
    takeWantedPage(
      { cookies: { duly_wanted: page }, server: { duly: { config } } } as unknown as FastifyRequest,
      reply,
    );
  for (const page of ['/companies', '/companies/7/approve?state=due', '/companies?all=1'])
    expect(taken(page)).toBe(page);
  for (const page of [
    '/connect/xero',
    '/signout',
    '//evil.example/companies',
    '/\\evil.example',
    'https://evil.example/companies',
    '/companies/7\r\nx',
    '/companiesx',
  ])
    expect(taken(page)).toBe('/');
});
