import type { Browser } from './browser.ts';
import type { World } from './world.ts';

export type Provider = 'quickbooks' | 'xero';

interface SandboxCompany {
  readonly id: string;
  readonly vendor: 'intuit' | 'xero';
  readonly name: string;
}

/** One click on "Connect" and the vendor's consent page; returns our company's id. */
export async function connect(
  world: World,
  browser: Browser,
  provider: Provider,
): Promise<{ companyId: string; booksId: string }> {
  const companies = await world.control<SandboxCompany[]>('GET', '/companies');
  const books = companies.find((company) => company.vendor === (provider === 'xero' ? 'xero' : 'intuit'));
  if (books === undefined) throw new Error(`the sandbox has no company for ${provider}`);
  const consent = await browser.get(`/connect/${provider}`);
  const arrived =
    provider === 'xero'
      ? await browser.submit(consent, '', { decision: 'allow', tenant: books.id })
      : await browser.submit(consent, '', { decision: 'connect', realm: books.id });
  const companyId = /\/companies\/([0-9a-f-]{36})/.exec(arrived.url)?.[1];
  if (companyId === undefined)
    throw new Error(`connecting ended at ${arrived.url}: ${arrived.status} ${arrived.html.slice(0, 2_000)}`);
  return { companyId, booksId: books.id };
}
