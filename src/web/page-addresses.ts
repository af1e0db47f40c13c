import type { FastifyInstance } from 'fastify';
import { machines } from './csrf.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The page that a form stands on, as a route, where it is none of the addresses above the one that takes the form. */
    standsOn?: string;
  }
}

export interface PageAddresses {
  /**
   * Whether a path, without a query, leads to a page: some route answers GET there. A form that is shown again after a
   * refusal stands at an address that only takes it.
   */
  isPage(path: string): boolean;
  /** The page that the form posted to this path stands on, as a path; null when no form of a person is posted there. */
  pageOfForm(path: string): string | null;
}

interface Form {
  readonly pattern: URLPattern;
  readonly standsOn: string | undefined;
}

/** What leads to a page, and which forms stand where. Call it before the routes are registered, of which it knows none else. */
export function pageAddresses(app: FastifyInstance): PageAddresses {
  const pages: string[] = [];
  const forms: { readonly pathname: string; readonly standsOn: string | undefined }[] = [];
  app.addHook('onRoute', ({ method, url, config }) => {
    if ([method].flat().includes('GET')) pages.push(url);
    if ([method].flat().includes('POST') && !machines.test(url))
      forms.push({ pathname: url, standsOn: config?.standsOn });
  });
  // made with the first question, which few servers are ever asked
  let pagePatterns: readonly URLPattern[] | null = null;
  let formPatterns: readonly Form[] | null = null;
  const isPage = (path: string): boolean => {
    pagePatterns ??= pages.map((pathname) => new URLPattern({ pathname }));
    return pagePatterns.some((pattern) => pattern.test({ pathname: path }));
  };
  return {
    isPage,
    pageOfForm(path) {
      formPatterns ??= forms.map(({ pathname, standsOn }) => ({
        pattern: new URLPattern({ pathname }),
        standsOn,
      }));
      const form = formPatterns.find(({ pattern }) => pattern.test({ pathname: path }));
      if (form === undefined) return null;
      return form.standsOn === undefined ? nearest(path, isPage) : filled(form.standsOn, form.pattern, path);
    },
  };
}

/** The path itself, or the closest one above it, that is a page; "/" always is. */
function nearest(path: string, isPage: (path: string) => boolean): string {
  for (let at = path; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) if (isPage(at)) return at;
  return '/';
}

/** The route of a page with the values that stand in the form's path. */
function filled(route: string, form: URLPattern, path: string): string {
  const values = form.exec({ pathname: path })?.pathname.groups ?? {};
  return route.replace(/:(\w+)/g, (_, name: string) => values[name] ?? '');
}
