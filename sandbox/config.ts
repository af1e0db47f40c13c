/** The sandbox's settings, read once at start from an environment that is handed in. */
export interface SandboxConfig {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  /** Where the browser and Duly reach the sandbox; filled in with the real port once it listens. */
  publicUrl: string;
  /** Folder of `sandbox.db`; absent: everything lives in memory and ends with the process. */
  readonly dataDir?: string;
  /** A file with one ISO instant, shared with Duly; absent: the real time. */
  readonly clockFile?: string;
  /** A CSV of real receivables that is loaded in place of the generated sample companies. */
  readonly bookFile?: string;
  /** Folder of the vendors' official schemas: every answer is judged by them. For tests. */
  readonly validateBy?: string;
  readonly seed: number;
  /** Duly's address: where webhooks go. Absent: none are sent. */
  readonly dulyUrl?: string;
  readonly intuit: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly webhookToken: string;
  };
  readonly xero: { readonly clientId: string; readonly clientSecret: string; readonly webhookKey: string };
  readonly postmark: {
    readonly serverToken: string;
    readonly webhookUser: string;
    readonly webhookPassword: string;
  };
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Every fault of the settings, so that all can be mended in one go. */
export class SandboxConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The sandbox can't start:\n- ${faults.join('\n- ')}`);
    this.name = 'SandboxConfigError';
  }
}

/** Reads the settings; throws SandboxConfigError with all faults at once. */
export function readSandboxConfig(env: Environment): SandboxConfig {
  const faults: string[] = [];
  const text = (name: string) => env[name]?.trim() || undefined;
  const whole = (name: string, fallback: number, max: number) => {
    const given = text(name);
    if (given === undefined) return fallback;
    if (/^\d+$/.test(given) && Number(given) <= max) return Number(given);
    faults.push(`${name} must be a whole number from 0 to ${max}, not "${given}"`);
    return fallback;
  };
  const address = (name: string) => {
    const given = text(name);
    if (given !== undefined && !/^https?:\/\//.test(given)) faults.push(`${name} must be an http(s) address`);
    return given?.replace(/\/+$/, '');
  };
  const port = whole('SANDBOX_PORT', 0, 65_535);
  const publicUrl = address('SANDBOX_PUBLIC_URL') ?? `http://localhost:${port}`;
  const dulyUrl = address('DULY_URL');
  const seed = whole('SANDBOX_SEED', 1, 2 ** 31);
  if (faults.length > 0) throw new SandboxConfigError(faults);
  const dataDir = text('DATA_DIR');
  const clockFile = text('CLOCK_FILE');
  const bookFile = text('SANDBOX_BOOK');
  const validateBy = text('SANDBOX_VALIDATE');
  return {
    host: text('SANDBOX_HOST') ?? '127.0.0.1',
    port,
    publicUrl,
    seed,
    ...(dataDir && { dataDir }),
    ...(clockFile && { clockFile }),
    ...(bookFile && { bookFile }),
    ...(validateBy && { validateBy }),
    ...(dulyUrl && { dulyUrl }),
    ...vendorSecrets(text),
  };
}

/** The keys both sides share; the defaults are for a sandbox that is started by hand. */
function vendorSecrets(text: (name: string) => string | undefined) {
  return {
    intuit: {
      clientId: text('INTUIT_CLIENT_ID') ?? 'sandbox-intuit-client',
      clientSecret: text('INTUIT_CLIENT_SECRET') ?? 'sandbox-intuit-secret',
      webhookToken: text('INTUIT_WEBHOOK_TOKEN') ?? 'sandbox-intuit-webhook',
    },
    xero: {
      clientId: text('XERO_CLIENT_ID') ?? 'sandbox-xero-client',
      clientSecret: text('XERO_CLIENT_SECRET') ?? 'sandbox-xero-secret',
      webhookKey: text('XERO_WEBHOOK_KEY') ?? 'sandbox-xero-webhook',
    },
    postmark: {
      serverToken: text('POSTMARK_SERVER_TOKEN') ?? 'sandbox-postmark-token',
      webhookUser: text('POSTMARK_WEBHOOK_USER') ?? 'sandbox',
      webhookPassword: text('POSTMARK_WEBHOOK_PASSWORD') ?? 'sandbox-postmark-webhook',
    },
  };
}
