import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/**
 * A whole page of the sandbox as HTML text, ready to send as `text/html`. `body` is escaped by Preact;
 * the styles come from /sandbox.css (classes: see css.ts). `bare` leaves the navigation away (consent pages).
 */
export function page(
  title: string,
  body: VNode | ComponentChildren,
  options: { bare?: boolean } = {},
): string {
  const document = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · Sandbox`}</title>
        <link rel="stylesheet" href="/sandbox.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <header class="bar">
          <a class="mark" href="/">
            Sandbox
          </a>
          <span class="what">stand-ins, not the real services</span>
          {!options.bare && (
            <nav aria-label="Sandbox">
              <a href="/">Ledgers</a>
              <a href="/mailbox">Mailbox</a>
              <a href="/clock">Clock</a>
            </nav>
          )}
        </header>
        <main>{body}</main>
      </body>
    </html>
  );
  return `<!doctype html>${renderToString(document)}`;
}
