import type { SandboxContext } from '../context.ts';
import { Limits } from './api/limits.ts';
import { TokenStore } from './oauth/tokens.store.ts';
import { Doorbell } from './webhooks/webhook.job.ts';

/** What Intuit's stand-in keeps between requests. */
export interface IntuitRuntime {
  readonly tokens: TokenStore;
  readonly limits: Limits;
  readonly doorbell: Doorbell;
}

const runtimes = new WeakMap<SandboxContext, IntuitRuntime>();

/** The one runtime of a sandbox: the plugin and its control routes share it. */
export function runtimeOf(ctx: SandboxContext): IntuitRuntime {
  const found = runtimes.get(ctx);
  if (found !== undefined) return found;
  const tokens = new TokenStore(ctx.store, ctx.clock);
  const made = { tokens, limits: new Limits(), doorbell: new Doorbell(ctx, tokens) };
  ctx.vendors.onDisconnect('intuit', (realmId) => tokens.disconnect(realmId));
  ctx.vendors.onAct('intuit', 'expire_tokens', (realmId) => tokens.expireAccess(realmId));
  ctx.vendors.onAct('intuit', 'expire_refresh', (realmId) => tokens.expireRefresh(realmId));
  made.doorbell.listen();
  runtimes.set(ctx, made);
  return made;
}
