import type { Brand } from '../../../messages/brand.ts';
import type { Section } from '../../../policies/words/policy-in-words.ts';

interface Props {
  readonly brand: Brand;
  readonly sections: readonly Section[];
  /** When the version in force came into force, in words. */
  readonly since: string;
  readonly logoUrl: string | null;
}

/** P28: the payment policy as customers read it, in the business's brand. No script, nothing to fill in. */
export function PublicPolicyPage({ brand, sections, since, logoUrl }: Props) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex, nofollow" />
        <title>{`How ${brand.name} reminds of invoices`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/assets/app.css" />
      </head>
      <body>
        <svg class="brand-band" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
          <rect width="1" height="1" fill={brand.colour} />
        </svg>
        <main class="public-page stack-lg">
          <header class="stack">
            {logoUrl === null ? null : (
              <img class="logo-now" src={logoUrl} alt={`The logo of ${brand.name}`} />
            )}
            <p class="public-name">{brand.name}</p>
            <h1>When and how we remind you of an invoice</h1>
          </header>
          {sections.map(({ title, sentences }) => (
            <section key={title} class="stack">
              <h2>{title}</h2>
              {sentences.map((sentence) => (
                <p key={sentence}>{sentence}</p>
              ))}
            </section>
          ))}
          <footer class="t-small t-2">
            <p>
              {[brand.name, brand.postalAddress.replaceAll('\n', ', ')]
                .filter((part) => part !== '')
                .join(' · ')}
            </p>
            <p>In this form since {since}.</p>
          </footer>
        </main>
      </body>
    </html>
  );
}
