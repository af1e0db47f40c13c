import type { Config } from './config.ts';

/** What the stand-ins and the product agree on; the same shape as a person's own keys, and worth nothing elsewhere. */
export const sandboxKeys = {
  INTUIT_CLIENT_ID: 'sandbox-intuit-client',
  INTUIT_CLIENT_SECRET: 'sandbox-intuit-secret',
  INTUIT_WEBHOOK_TOKEN: 'sandbox-intuit-webhook-token',
  XERO_CLIENT_ID: 'sandbox-xero-client',
  XERO_CLIENT_SECRET: 'sandbox-xero-secret',
  XERO_WEBHOOK_KEY: 'sandbox-xero-webhook-key',
  POSTMARK_SERVER_TOKEN: 'sandbox-postmark-server-token',
  POSTMARK_WEBHOOK_USER: 'sandbox',
  POSTMARK_WEBHOOK_PASSWORD: 'sandbox-postmark-webhook-password',
} as const;

/** The vendor addresses of a running sandbox, by the names of our own configuration. */
export function sandboxAddresses(url: string): Readonly<Record<string, string>> {
  return {
    INTUIT_AUTHORIZE_URL: `${url}/intuit/connect/oauth2`,
    INTUIT_TOKEN_URL: `${url}/intuit/oauth2/v1/tokens/bearer`,
    INTUIT_REVOKE_URL: `${url}/intuit/v2/oauth2/tokens/revoke`,
    INTUIT_USERINFO_URL: `${url}/intuit/v1/openid_connect/userinfo`,
    INTUIT_JWKS_URL: `${url}/intuit/op/v1/jwks`,
    INTUIT_API_URL: `${url}/intuit`,
    XERO_AUTHORIZE_URL: `${url}/xero/identity/connect/authorize`,
    XERO_TOKEN_URL: `${url}/xero/connect/token`,
    XERO_REVOKE_URL: `${url}/xero/connect/revocation`,
    XERO_JWKS_URL: `${url}/xero/.well-known/openid-configuration/jwks`,
    XERO_API_URL: `${url}/xero`,
    POSTMARK_API_URL: `${url}/postmark`,
  };
}

/** The configuration with every vendor address pointing at the sandbox at `url`. */
export function withSandbox(config: Config, url: string): Config {
  const address = sandboxAddresses(url);
  const at = (name: string): string => address[name] ?? '';
  return {
    ...config,
    sandbox: { ...config.sandbox, url },
    intuit: {
      clientId: sandboxKeys.INTUIT_CLIENT_ID,
      clientSecret: sandboxKeys.INTUIT_CLIENT_SECRET,
      webhookToken: sandboxKeys.INTUIT_WEBHOOK_TOKEN,
      authorizeUrl: at('INTUIT_AUTHORIZE_URL'),
      tokenUrl: at('INTUIT_TOKEN_URL'),
      revokeUrl: at('INTUIT_REVOKE_URL'),
      userinfoUrl: at('INTUIT_USERINFO_URL'),
      jwksUrl: at('INTUIT_JWKS_URL'),
      apiUrl: at('INTUIT_API_URL'),
      appUrl: `${url}/ledger`,
    },
    xero: {
      clientId: sandboxKeys.XERO_CLIENT_ID,
      clientSecret: sandboxKeys.XERO_CLIENT_SECRET,
      webhookKey: sandboxKeys.XERO_WEBHOOK_KEY,
      authorizeUrl: at('XERO_AUTHORIZE_URL'),
      tokenUrl: at('XERO_TOKEN_URL'),
      revokeUrl: at('XERO_REVOKE_URL'),
      jwksUrl: at('XERO_JWKS_URL'),
      apiUrl: at('XERO_API_URL'),
      appUrl: `${url}/ledger`,
    },
    postmark: {
      serverToken: sandboxKeys.POSTMARK_SERVER_TOKEN,
      accountToken: '',
      stream: 'outbound',
      apiUrl: at('POSTMARK_API_URL'),
      webhookUser: sandboxKeys.POSTMARK_WEBHOOK_USER,
      webhookPassword: sandboxKeys.POSTMARK_WEBHOOK_PASSWORD,
      from: 'reminders@notices.duly.example',
    },
  };
}
