/** A name says what a file may touch: a plain `.ts` gets values and returns values; nothing but the platform asks the time. */
import { isStage, roomOf } from './directions.mjs';

const IO =
  /^(node:)?(fs|http|https|http2|net|tls|dgram|dns|child_process|crypto|sqlite|worker_threads)(\/|$)|^(pg|fastify|graphile-worker|postmark|kysely)(\/|$)/;
const WEB = /^(node:)?(http|https|http2|net|child_process|fs)(\/|$)|^(fastify|postmark)(\/|$)/;

/** What a file of this suffix must not import (as values; types are free), and what to do instead. */
const bans = {
  '': {
    banned: IO,
    todo: 'a plain .ts is pure; move this into a .store.ts, .job.ts or .routes.ts, or take the value as a parameter',
  },
  store: { banned: WEB, todo: 'a .store.ts touches the database and nothing else' },
  view: { banned: IO, todo: 'a .view.tsx only renders; load in the .routes.ts and hand the values in' },
};

/** The rooms in which a suffix counts; platform, ports, connectors and the processes have I/O as their business. */
const isWatched = (room) => room === 'domain' || room === 'activity' || room === 'portal' || isStage(room);

/** Imports that a file's name does not allow. */
export function impureImports(source) {
  const room = roomOf(source.file);
  if (!source.file.startsWith('src/')) return [];
  const { suffix } = source;
  if (suffix === 'view') return [...forbidden(source, bans.view), ...storesInViews(source)];
  const ban = bans[suffix];
  return isWatched(room) && ban !== undefined ? forbidden(source, ban) : [];
}

function forbidden(source, { banned, todo }) {
  return source.imports
    .filter(({ name, typeOnly }) => !typeOnly && banned.test(name))
    .map(({ name, start }) => ({ start, rule: 'purity', todo: `${todo} (imports ${name})` }));
}

function storesInViews(source) {
  return source.imports
    .filter(({ target, typeOnly }) => !typeOnly && /\.(store|job|routes)\.tsx?$/.test(target ?? ''))
    .map(({ target, start }) => ({ start, rule: 'purity', todo: `${bans.view.todo} (imports ${target})` }));
}

const members = new Map([
  ['Date.now', 'take the instant from the clock that is handed in (ports/clock.ts)'],
  ['Temporal.Now', 'take the instant from the clock that is handed in (ports/clock.ts)'],
  ['process.env', 'take the setting from the configuration (platform/config.ts)'],
  ['Math.random', 'take ids and random text from platform/ids.ts or platform/crypto.ts'],
  ['globalThis.fetch', 'call out through a port; only platform/http.ts speaks to the network'],
]);

/** Uses of the clock, the environment, chance or the network outside the platform and the processes in src/ itself. */
export function hiddenInputs(source) {
  const room = roomOf(source.file);
  const free = !source.file.startsWith('src/') || ['root', 'platform', 'ports'].includes(room);
  return free ? [] : source.nodes.flatMap(hiddenInput);
}

function hiddenInput({ node, start }) {
  if (node.type === 'MemberExpression' && node.object.type === 'Identifier') {
    const name = `${node.object.value}.${memberName(node.property)}`;
    const todo = members.get(name);
    return todo === undefined ? [] : [{ start, rule: 'hidden input', todo: `${todo} (uses ${name})` }];
  }
  if (node.type === 'NewExpression' && isGlobal(node.callee, 'Date') && (node.arguments ?? []).length === 0)
    return [{ start, rule: 'hidden input', todo: `${members.get('Date.now')} (uses new Date())` }];
  if (node.type === 'CallExpression' && isGlobal(node.callee, 'fetch'))
    return [{ start, rule: 'hidden input', todo: `${members.get('globalThis.fetch')} (calls fetch)` }];
  return [];
}

/** `a.b` and `a['b']` alike. */
function memberName(property) {
  if (property.type === 'Identifier') return property.value;
  return property.type === 'Computed' && property.expression.type === 'StringLiteral'
    ? property.expression.value
    : '';
}

const isGlobal = (node, name) => node?.type === 'Identifier' && node.value === name;

/** Own files that reach the database or the outside world, whatever the importer is called. */
const REACHES =
  /\.(store|job|routes|plugin)\.ts$|^src\/platform\/(?!(errors|json|context|config|sandbox-config)\.ts$)/;

/** Whether a plain file, pure by its name, gets at the database or the platform through another file of ours. */
export function reachesThroughOthers({ file, suffix, imports }) {
  if (suffix !== '' || !isWatched(roomOf(file))) return false;
  return imports.some(({ target, typeOnly }) => !typeOnly && REACHES.test(target ?? ''));
}
