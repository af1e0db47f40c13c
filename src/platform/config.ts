/** Configuration: the environment, checked as a whole at start. Nothing else reads `process.env`. */

export interface IntuitSettings {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly webhookToken: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly revokeUrl: string;
  readonly userinfoUrl: string;
  readonly jwksUrl: string;
  readonly apiUrl: string;
  /** Where a person opens an invoice in the ledger; empty: the vendor's own site. */
  readonly appUrl: string;
}

export interface XeroSettings {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly webhookKey: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly revokeUrl: string;
  readonly jwksUrl: string;
  readonly apiUrl: string;
  readonly appUrl: string;
}

export interface PostmarkSettings {
  readonly serverToken: string;
  readonly accountToken: string;
  readonly stream: string;
  readonly apiUrl: string;
  readonly webhookUser: string;
  readonly webhookPassword: string;
  /** The address that messages leave from; its domain must be verified at the provider. */
  readonly from: string;
}

export interface Config {
  readonly production: boolean;
  readonly role: 'all' | 'web' | 'worker';
  readonly host: string;
  readonly port: number;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** Null: embedded PostgreSQL in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  /** The first key encrypts, all of them decrypt. Null: made once and kept in `dataDir` (sandbox only). */
  readonly secretKeys: readonly string[] | null;
  readonly sandbox: {
    readonly on: boolean;
    readonly port: number;
    readonly book: string | null;
    readonly seed: number;
    /** The stand-ins' address, known once they listen; null: none are running. */
    readonly url: string | null;
  };
  readonly logLevel: string;
  readonly clockFile: string | null;
  readonly intuit: IntuitSettings;
  readonly xero: XeroSettings;
  readonly postmark: PostmarkSettings;
}

type Env = Readonly<Record<string, string | undefined>>;

/** All faults of a configuration, one sentence each, saying what to set. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

class Reader {
  readonly faults: string[] = [];
  readonly #env: Env;
  constructor(env: Env) {
    this.#env = env;
  }

  text(name: string, fallback = ''): string {
    return this.#env[name]?.trim() || fallback;
  }

  given(name: string): boolean {
    return this.text(name) !== '';
  }

  oneOf<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
    const value = this.text(name, fallback);
    if ((allowed as readonly string[]).includes(value)) return value as T;
    this.faults.push(`${name} is "${value}"; it must be one of ${allowed.join(', ')}`);
    return fallback;
  }

  number(name: string, fallback: number, max: number): number {
    const value = this.text(name, String(fallback));
    if (/^\d{1,10}$/.test(value) && Number(value) <= max) return Number(value);
    this.faults.push(`${name} is "${value}"; it must be a whole number from 0 to ${max}`);
    return fallback;
  }

  url(name: string, fallback: string): string {
    const value = this.text(name, fallback);
    if (value !== '' && !(URL.canParse(value) && /^https?:/.test(value))) {
      this.faults.push(`${name} is "${value}"; it must be an http or https address`);
      return fallback;
    }
    return value.replace(/\/$/, '');
  }
}

/** Reads the whole environment. Throws ConfigError that lists every fault at once; touches nothing outside. */
export function readConfig(env: Env): Config {
  const read = new Reader(env);
  const production = read.text('NODE_ENV') === 'production';
  const intuit = readIntuit(read);
  const xero = readXero(read);
  const postmark = readPostmark(read);
  const vendors = intuit.clientId !== '' || xero.clientId !== '';
  const sandboxOn = read.oneOf('SANDBOX', ['on', 'off'], vendors || production ? 'off' : 'on') === 'on';
  const port = read.number('PORT', 3000, 65_535);
  const host = read.text('HOST', '127.0.0.1');
  const dataDir = read.text('DATA_DIR', './.data');
  const config: Config = {
    production,
    role: read.oneOf('ROLE', ['all', 'web', 'worker'], 'all'),
    host,
    port,
    baseUrl: read.url('BASE_URL', `http://localhost:${port}`),
    databaseUrl: readDatabaseUrl(read),
    dataDir,
    secretKeys: readSecretKeys(read, sandboxOn),
    sandbox: {
      on: sandboxOn,
      port: read.number('SANDBOX_PORT', port === 0 ? 0 : port + 1, 65_535),
      book: read.text('SANDBOX_BOOK') || null,
      seed: read.number('SANDBOX_SEED', 1, 2_147_483_647),
      url: null,
    },
    logLevel: read.oneOf('LOG_LEVEL', logLevels, 'info'),
    clockFile: read.text('CLOCK_FILE') || (sandboxOn && !production ? `${dataDir}/clock` : null),
    intuit,
    xero,
    postmark,
  };
  checkTogether(config, read, vendors);
  if (read.faults.length > 0) throw new ConfigError(read.faults);
  return config;
}

function readDatabaseUrl(read: Reader): string | null {
  const value = read.text('DATABASE_URL');
  if (value !== '' && !/^postgres(ql)?:\/\//.test(value)) {
    read.faults.push('DATABASE_URL must begin with postgres:// or postgresql://');
  }
  return value || null;
}

function readSecretKeys(read: Reader, sandboxOn: boolean): readonly string[] | null {
  const keys = read
    .text('SECRET_KEY')
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
  if (keys.length === 0) {
    if (!sandboxOn)
      read.faults.push(
        'SECRET_KEY is missing; set at least 32 random characters, for example from `openssl rand -base64 32`',
      );
    return null;
  }
  if (keys.some((key) => key.length < 32))
    read.faults.push('SECRET_KEY is too short; every key in it needs at least 32 characters');
  return keys;
}

function checkTogether(config: Config, read: Reader, vendors: boolean): void {
  const { faults } = read;
  const pairs: [string, string, string][] = [
    ['INTUIT_CLIENT_ID', 'INTUIT_CLIENT_SECRET', 'INTUIT_WEBHOOK_TOKEN'],
    ['XERO_CLIENT_ID', 'XERO_CLIENT_SECRET', 'XERO_WEBHOOK_KEY'],
  ];
  for (const names of pairs) {
    const missing = names.filter((name) => !read.given(name));
    if (missing.length > 0 && missing.length < names.length)
      faults.push(`${missing.join(' and ')} is missing; ${names.join(', ')} go together`);
  }
  if (!config.sandbox.on) {
    if (!vendors)
      faults.push(
        'no ledger is configured; set INTUIT_CLIENT_ID or XERO_CLIENT_ID with their secrets, or SANDBOX=on to try Duly out',
      );
    if (!read.given('POSTMARK_SERVER_TOKEN'))
      faults.push('POSTMARK_SERVER_TOKEN is missing; reminders are sent through Postmark');
    if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(config.postmark.from)) {
      faults.push('POSTMARK_FROM is missing or no address; set one on a domain that Postmark has verified');
    }
    if (config.postmark.webhookUser === '' || config.postmark.webhookPassword === '') {
      faults.push(
        'POSTMARK_WEBHOOK_USER and POSTMARK_WEBHOOK_PASSWORD are missing; without them delivery events are refused',
      );
    }
  }
  if (config.production && config.sandbox.on) faults.push('SANDBOX=on is refused when NODE_ENV=production');
  if (config.production && read.given('CLOCK_FILE'))
    faults.push('CLOCK_FILE is refused when NODE_ENV=production; the clock must be real');
  if (config.production && !config.baseUrl.startsWith('https:'))
    faults.push('BASE_URL must begin with https:// when NODE_ENV=production');
}

function readIntuit(read: Reader): IntuitSettings {
  return {
    clientId: read.text('INTUIT_CLIENT_ID'),
    clientSecret: read.text('INTUIT_CLIENT_SECRET'),
    webhookToken: read.text('INTUIT_WEBHOOK_TOKEN'),
    authorizeUrl: read.url('INTUIT_AUTHORIZE_URL', 'https://appcenter.intuit.com/connect/oauth2'),
    tokenUrl: read.url('INTUIT_TOKEN_URL', 'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer'),
    revokeUrl: read.url('INTUIT_REVOKE_URL', 'https://developer.api.intuit.com/v2/oauth2/tokens/revoke'),
    userinfoUrl: read.url(
      'INTUIT_USERINFO_URL',
      'https://accounts.platform.intuit.com/v1/openid_connect/userinfo',
    ),
    jwksUrl: read.url('INTUIT_JWKS_URL', 'https://oauth.platform.intuit.com/op/v1/jwks'),
    apiUrl: read.url('INTUIT_API_URL', 'https://quickbooks.api.intuit.com'),
    appUrl: '',
  };
}

function readXero(read: Reader): XeroSettings {
  return {
    clientId: read.text('XERO_CLIENT_ID'),
    clientSecret: read.text('XERO_CLIENT_SECRET'),
    webhookKey: read.text('XERO_WEBHOOK_KEY'),
    authorizeUrl: read.url('XERO_AUTHORIZE_URL', 'https://login.xero.com/identity/connect/authorize'),
    tokenUrl: read.url('XERO_TOKEN_URL', 'https://identity.xero.com/connect/token'),
    revokeUrl: read.url('XERO_REVOKE_URL', 'https://identity.xero.com/connect/revocation'),
    jwksUrl: read.url('XERO_JWKS_URL', 'https://identity.xero.com/.well-known/openid-configuration/jwks'),
    apiUrl: read.url('XERO_API_URL', 'https://api.xero.com'),
    appUrl: '',
  };
}

function readPostmark(read: Reader): PostmarkSettings {
  return {
    serverToken: read.text('POSTMARK_SERVER_TOKEN'),
    accountToken: read.text('POSTMARK_ACCOUNT_TOKEN'),
    stream: read.text('POSTMARK_STREAM', 'outbound'),
    apiUrl: read.url('POSTMARK_API_URL', 'https://api.postmarkapp.com'),
    webhookUser: read.text('POSTMARK_WEBHOOK_USER'),
    webhookPassword: read.text('POSTMARK_WEBHOOK_PASSWORD'),
    from: read.text('POSTMARK_FROM'),
  };
}
