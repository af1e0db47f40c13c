import type { SandboxContext } from '../context.ts';
import { IdempotencyMemory } from './api/idempotency.ts';
import { Limits } from './api/limits.ts';
import { XeroMemory } from './memory.ts';
import { Connections } from './oauth/connections.ts';
import { Grants } from './oauth/grants.ts';
import { SigningKey } from './oauth/keys.ts';
import { Payables } from './payables.ts';
import { XeroView } from './view.ts';
import { WebhookSender } from './webhooks.ts';

/** Everything that Xero's stand-in keeps between requests. */
export interface XeroRuntime {
  readonly ctx: SandboxContext;
  readonly key: SigningKey;
  readonly grants: Grants;
  readonly connections: Connections;
  readonly memory: XeroMemory;
  readonly payables: Payables;
  readonly limits: Limits;
  readonly repeats: IdempotencyMemory;
  readonly webhooks: WebhookSender;
  /** A list of which nothing changed since If-Modified-Since: 304 in place of an empty list. Seen both ways. */
  answers304: boolean;
}

const runtimes = new WeakMap<SandboxContext, XeroRuntime>();

/** The one runtime of a sandbox: the plugin and its control routes share it. */
export function runtimeOf(ctx: SandboxContext): XeroRuntime {
  const found = runtimes.get(ctx);
  if (found) return found;
  const key = new SigningKey(ctx.store);
  const connections = new Connections(ctx.store);
  const memory = new XeroMemory(ctx.books, ctx.store);
  const payables = new Payables(ctx.store, ctx.books, ctx.clock);
  const made: XeroRuntime = {
    ctx,
    key,
    connections,
    memory,
    payables,
    grants: new Grants(ctx.store, ctx.clock, key, ctx.config.xero.clientId),
    limits: new Limits(ctx.clock),
    repeats: new IdempotencyMemory(ctx.store, ctx.clock),
    webhooks: new WebhookSender(ctx, connections, memory),
    answers304: false,
  };
  for (const { id, vendor } of ctx.books.companies()) {
    if (vendor !== 'xero') continue;
    memory.learn(id);
    payables.seed(id);
  }
  ctx.vendors.onDisconnect('xero', (companyId) => connections.removeTenant(companyId));
  const usersOf = (tenantId: string) =>
    new Set(connections.all().flatMap((each) => (each.tenantId === tenantId ? [each.userId] : [])));
  ctx.vendors.onAct('xero', 'expire_tokens', (tenantId) => {
    for (const userId of usersOf(tenantId)) made.grants.expireAccess(userId);
  });
  ctx.vendors.onAct('xero', 'expire_refresh', (tenantId) => {
    for (const userId of usersOf(tenantId)) made.grants.expireRefresh(userId);
  });
  made.webhooks.listen();
  runtimes.set(ctx, made);
  return made;
}

/** The books of a company as Xero shows them. */
export function viewOf(runtime: XeroRuntime, companyId: string): XeroView {
  return new XeroView(runtime.ctx.books, runtime.memory, runtime.payables, companyId);
}
