import { gunzipSync } from 'node:zlib';
import type { ValidateFunction } from 'ajv';
import { type Official, type OfficialDocument, readOfficial } from './schemas.ts';

/** One answer of the stand-in. `path` is what stands below `/xero`, with its query. */
export interface XeroAnswer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly contentType: string;
  /** For `content-encoding`: a packed body is unpacked before it is judged. */
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body: string | Buffer;
}

/** Says what is wrong with an answer; nothing: it agrees with what Xero publishes. */
export type XeroJudge = (answer: XeroAnswer) => readonly string[];

interface Route {
  readonly pattern: RegExp;
  readonly literals: number;
  readonly template: string;
}

const API = '/api.xro/2.0';
/** The gateway's 401 and 403 are published nowhere; these are the members seen in captures. */
const GATE = ['Type', 'Title', 'Status', 'Detail', 'Instance', 'Extensions'];

/** A judge of every answer below `/xero`, from the official files in `folder`. Throws when they are not there. */
export function xeroJudge(folder: string): XeroJudge {
  const accounting = readOfficial(folder, 'xero_accounting.yaml');
  const identity = readOfficial(folder, 'xero-identity.yaml');
  const routes = routesOf(accounting.document);
  const judge: XeroJudge = (packed) => {
    const answer = unpacked(packed);
    const [where = ''] = answer.path.split('?');
    if (where.startsWith(API)) return ofApi(accounting, routes, where.slice(API.length), answer);
    if (where === '/connect/token') return ofToken(identity, answer);
    if (where === '/connections' && answer.status === 200) {
      const rows: unknown = JSON.parse(String(answer.body));
      const validate = identity.at('/components/schemas/Connection');
      return Array.isArray(rows) ? rows.flatMap((row) => faults(validate, row)) : ['/connections is no list'];
    }
    if (where.startsWith('/connections') && answer.status >= 400) return ofRefusal(answer);
    return [];
  };
  return (answer) => {
    try {
      return judge(answer);
    } catch (error) {
      return [`can't be judged: ${(error as Error).message}`];
    }
  };
}

function unpacked(answer: XeroAnswer): XeroAnswer {
  if (answer.headers?.['content-encoding'] !== 'gzip') return answer;
  return { ...answer, body: gunzipSync(answer.body).toString() };
}

function ofApi(
  official: Official,
  routes: readonly Route[],
  where: string,
  answer: XeroAnswer,
): readonly string[] {
  if (answer.contentType.startsWith('application/pdf'))
    return answer.body.toString().startsWith('%PDF-') ? [] : ['the PDF is none'];
  if (answer.status >= 400) return ofRefusal(answer, official);
  if (answer.status === 304) return answer.body.length === 0 ? [] : ['a 304 has a body'];
  if (!answer.contentType.startsWith('application/json')) return [];
  const route = routes.find((each) => each.pattern.test(where));
  if (route === undefined) return [`${where} is not in the published paths`];
  const pointer = pointerOf(official.document, route.template, answer);
  if (pointer === undefined) return [`${answer.method} ${where} never answers ${answer.status}`];
  try {
    const validate = official.at(`${pointer}/content/application~1json/schema`);
    return faults(validate, JSON.parse(String(answer.body)));
  } catch (error) {
    return [`${answer.method} ${where} ${answer.status}: ${(error as Error).message}`];
  }
}

function ofRefusal(answer: XeroAnswer, official?: Official): readonly string[] {
  if (!answer.contentType.startsWith('application/json')) return [];
  const body = JSON.parse(String(answer.body)) as Record<string, unknown>;
  if (answer.status === 401 || answer.status === 403) {
    const strange = Object.keys(body).filter((name) => !GATE.includes(name));
    const missing = GATE.filter((name) => !(name in body));
    return [
      ...strange.map((name) => `unknown member ${name}`),
      ...missing.map((name) => `${name} is missing`),
    ];
  }
  return official === undefined ? [] : faults(official.at('/components/schemas/Error'), body);
}

function ofToken(identity: Official, answer: XeroAnswer): readonly string[] {
  const body = JSON.parse(String(answer.body)) as Record<string, unknown>;
  if (answer.status === 200) return faults(identity.at('/components/schemas/AccessToken'), body);
  return Object.keys(body).join() === 'error' ? [] : [`a refusal has only "error": ${Object.keys(body)}`];
}

/** Published paths, those with more literal parts first. */
function routesOf(document: OfficialDocument): readonly Route[] {
  return Object.keys(document.paths ?? {})
    .map((template) => ({
      template,
      pattern: new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}/?$`),
      literals: template.split('/').filter((part) => part !== '' && !part.startsWith('{')).length,
    }))
    .toSorted((a, b) => b.literals - a.literals);
}

/** Where the schema of an answer stands: with its path, or among the shared responses. */
function pointerOf(
  document: OfficialDocument,
  template: string,
  { method, status }: XeroAnswer,
): string | undefined {
  const response = document.paths?.[template]?.[method.toLowerCase()]?.responses?.[status];
  if (response === undefined) return undefined;
  if (response.$ref !== undefined) return response.$ref.replace(/^#/, '');
  return `/paths/${escaped(template)}/${method.toLowerCase()}/responses/${status}`;
}

function escaped(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}

function faults(validate: ValidateFunction, value: unknown): readonly string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}
