import type { Judge, VendorAnswer } from '../../validate.ts';
import { Xsd } from './xsd.ts';

/** Members of the token answers and of user info, as in Intuit's own SDKs, with the opt-in one of November 2025. */
const TOKEN = [
  'token_type',
  'access_token',
  'expires_in',
  'refresh_token',
  'x_refresh_token_expires_in',
  'x_refresh_token_hard_expires_in',
  'id_token',
];
const REFUSED = ['error', 'error_description'];
const USER_INFO = [
  'sub',
  'email',
  'emailVerified',
  'givenName',
  'familyName',
  'phoneNumber',
  'phoneNumberVerified',
  'address',
];
const DISCOVERY = [
  'issuer',
  'authorization_endpoint',
  'token_endpoint',
  'userinfo_endpoint',
  'revocation_endpoint',
  'jwks_uri',
  'response_types_supported',
  'subject_types_supported',
  'id_token_signing_alg_values_supported',
  'scopes_supported',
  'token_endpoint_auth_methods_supported',
  'claims_supported',
];
/** The gateway's own error is in no schema; these are the members of captures. */
const GATEWAY = [
  'warnings',
  'intuitObject',
  'fault',
  'report',
  'queryResponse',
  'batchItemResponse',
  'attachableResponse',
  'syncErrorResponse',
  'requestId',
  'time',
  'status',
  'cdcresponse',
];
/** The file that describes reports is not among the published ones; these are the members of the documentation. */
const REPORT = ['Header', 'Columns', 'Rows', 'time'];

/** A judge of every answer below `/intuit`, from the folder of Intuit's XSD files. Throws when they are not there. */
export function intuitJudge(folder: string): Judge {
  const xsd = new Xsd(folder);
  return (answer) => {
    const [where = ''] = answer.path.split('?');
    const complaints = answer.headers.intuit_tid === undefined ? ['no intuit_tid'] : [];
    if (where.startsWith('/v3/company/')) return [...complaints, ...ofApi(xsd, answer)];
    if (answer.body.length === 0 || !answer.contentType.includes('json')) return complaints;
    const body: unknown = JSON.parse(String(answer.body));
    const known =
      answer.status >= 400
        ? REFUSED
        : where.endsWith('/tokens/bearer')
          ? TOKEN
          : where.endsWith('/userinfo')
            ? USER_INFO
            : where.startsWith('/.well-known/')
              ? DISCOVERY
              : ['keys'];
    return [...complaints, ...unknownMembers(body, known)];
  };
}

function ofApi(xsd: Xsd, { status, contentType, body }: VendorAnswer): readonly string[] {
  const text = body.toString();
  if (contentType.startsWith('application/pdf')) return text.startsWith('%PDF-') ? [] : ['the PDF is none'];
  if (contentType.startsWith('application/xml')) return ofXml(xsd, text);
  if (!contentType.startsWith('application/json')) return [`content type ${contentType}`];
  const json = JSON.parse(text) as Record<string, unknown>;
  if ('fault' in json) return status < 400 ? ['a fault under success'] : unknownMembers(json, GATEWAY);
  if ('Rows' in json) return unknownMembers(json, REPORT);
  if (status >= 400 && !('Fault' in json)) return ['an error without Fault'];
  return xsd.strangers(json, 'IntuitResponse');
}

/** XML is only looked at for its names: values are those of the JSON. */
function ofXml(xsd: Xsd, text: string): readonly string[] {
  const names = new Set([...text.matchAll(/<([A-Za-z]\w*)/g)].map(([, name = '']) => name));
  const report = ['Header', 'Columns', 'Rows'].some((name) => names.has(name));
  if (report) return [];
  return [...names].filter((name) => !xsd.elements.has(name)).map((name) => `unknown element ${name}`);
}

function unknownMembers(body: unknown, known: readonly string[]): readonly string[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return ['not an object'];
  return Object.keys(body)
    .filter((name) => !known.includes(name))
    .map((name) => `unknown member ${name}`);
}
