import type { FastifyRequest } from 'fastify';
import type { Message } from './error.view.tsx';
import type { Told } from './error-words.ts';
import type { PageAddresses } from './page-addresses.ts';

type Links = Message['links'];

export const toStart = { href: '/', words: 'Go to the start' };

/** The part of an address before its query. */
export function pathOf(address: string): string {
  return address.split('?', 1)[0] ?? '';
}

/**
 * Where somebody goes on who was told an error: back to where what was refused can be done, or the same page once
 * more; then the start of where they are. `companyId`: the company whose frame is around it, null for none.
 */
export function wayOn(
  request: FastifyRequest,
  told: Told,
  companyId: string | null,
  addresses: PageAddresses,
): Links {
  const links = [
    ...wayBack(request, addresses),
    ...again(request, told),
    ...(companyId === null ? outside(request) : inside(companyId, told)),
  ];
  const { baseUrl } = request.server.duly.config;
  const place = ({ href }: Links[number]): string => new URL(href, baseUrl).href;
  return links.filter((link, index) => links.findIndex((other) => place(other) === place(link)) === index);
}

/** The page that one is back on after signing in: what was asked for, or where the form stands; null: none. */
export function askedPage(request: FastifyRequest, addresses: PageAddresses): string | null {
  if (request.method !== 'GET') return addresses.pageOfForm(pathOf(request.url));
  // a part of a page, what stands in a frame, and a vendor's way back are no pages to come back to
  const part = request.headers['hx-request'] !== undefined;
  const whole = ['document', undefined].includes(request.headers['sec-fetch-dest']?.toString());
  const ours = /^\/companies(?:\/|$)/.test(pathOf(request.url)) && addresses.isPage(pathOf(request.url));
  return ours && whole && !part ? request.url : null;
}

/**
 * The page of ours that one came from: what was refused is done again there, and a list is chosen from again. None
 * when it is this very page or another house's. A form shown again stands where it was posted to, which is no page:
 * then the page that the form stands on.
 */
function wayBack(request: FastifyRequest, addresses: PageAddresses): Links {
  const from = cameFrom(request);
  if (from !== null && addresses.isPage(from.pathname))
    return [{ href: from.href, words: 'Back to the page before' }];
  const form = addresses.pageOfForm(from?.pathname ?? pathOf(request.url));
  const here = request.method === 'GET' ? pathOf(request.url) : '/';
  return form === null || form === here ? [] : [{ href: form, words: 'Back to the form' }];
}

/** Null: nobody says so, from another house, from the start, or from this very page. */
function cameFrom(request: FastifyRequest): URL | null {
  const from = request.headers.referer;
  if (from === undefined || !URL.canParse(from)) return null;
  const url = new URL(from);
  url.hash = '';
  if (url.origin !== new URL(request.server.duly.config.baseUrl).origin) return null;
  const here = `${url.pathname}${url.search}`;
  return here === '/' || (request.method === 'GET' && here === request.url) ? null : url;
}

/** A page that failed for a while can be asked for once more; a form is sent again where it stands. */
function again(request: FastifyRequest, { status }: Told): Links {
  const passes = status >= 500 || status === 429;
  return request.method === 'GET' && passes ? [{ href: request.url, words: 'Try again' }] : [];
}

function inside(companyId: string, { code }: Told): Links {
  const at = `/companies/${companyId}`;
  const connection = { href: `${at}/connection`, words: 'See the connection' };
  const start = { href: `${at}/receivables`, words: 'See who is past due' };
  return code === 'ledger_unavailable' ? [connection, start] : [start];
}

function outside(request: FastifyRequest): Links {
  return request.signedIn === null ? [toStart] : [{ href: '/companies', words: 'Your companies' }];
}
