import type { FastifyInstance } from 'fastify';

/**
 * Whether a path, without a query, leads to a page: some route answers GET there. A form that is shown again after a
 * refusal stands at an address that only takes it. Call it before the routes are registered, of which it knows none else.
 */
export function pageAddresses(app: FastifyInstance): (path: string) => boolean {
  const addresses: string[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    if ([method].flat().includes('GET')) addresses.push(url);
  });
  // made with the first question, which few servers are ever asked
  let patterns: readonly URLPattern[] | null = null;
  return (path) => {
    patterns ??= addresses.map((pathname) => new URLPattern({ pathname }));
    return patterns.some((pattern) => pattern.test({ pathname: path }));
  };
}
