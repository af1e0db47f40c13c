import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';

const description = `For the people who run Duly and for tests. One key opens one company.

- **Key**: \`npm run api-key -- --company ID\` prints one; send it as \`Authorization: Bearer KEY\`. Another company's id answers 404.
- **Money** is \`{minor, currency}\`: integer minor units and an ISO 4217 code. Currencies are never added up.
- **Days** are \`YYYY-MM-DD\` in the company's time zone, **instants** ISO 8601 in UTC.
- **Lists** come in pages: at most \`limit\` items, and \`next\` to send as \`after\`; \`next\` is null on the last page.
- **Errors** are \`{error: {code, message, action}}\` with a code from a closed list; nothing was changed then.
- **Commands** answer when they are stored; what follows from them (positions, decisions, touches) is worked out by jobs right after.`;

const tags = [
  ['companies', 'One connected set of books, its mode and what a person stated about it.'],
  ['customers', 'Who owes, as the ledger knows them, and what kind of debtor they are.'],
  [
    'positions',
    'What a customer owes in one currency, the invoices behind it, and the tie-out with the ledger.',
  ],
  ['holds', 'Reasons why an invoice, a customer or the company is not chased: disputes, pauses.'],
  [
    'agreements',
    'Promises to pay, plans of instalments and settlement offers; the books decide what became of them.',
  ],
  ['dunning', 'Cases, the decision of each day with its reasons, and the policy it followed.'],
  [
    'policies',
    'When, how and whom the company reminds: sequences, segments, settings, and a customer’s own.',
  ],
  [
    'consequences',
    'What the business may say it will do, approved beforehand, and what became of what it announced.',
  ],
  ['law', 'The rules of law, which of them hold for a customer, and the interest they leave room for.'],
  ['touches', 'Messages planned and sent, and their release.'],
  ['record', 'What happened, what was written into the ledger, and what needs a person.'],
] as const;

/** The frame of the API's description; the routes fill it. */
export function openApi(baseUrl: string): NonNullable<FastifyDynamicSwaggerOptions['openapi']> {
  return {
    openapi: '3.1.0',
    info: { title: 'Duly API', version: '1.0.0', description },
    servers: [{ url: baseUrl }],
    tags: tags.map(([name, words]) => ({ name, description: words })),
    components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
    security: [{ key: [] }],
  };
}
