/** Imports go one way: data walks through `src/` in the order of the stages, and nobody walks back. */

const STAGES = [
  'companies',
  'books',
  'receivables',
  'policies',
  'dunning',
  'messages',
  'delivery',
  'notes',
  'insights',
];
const CORE = ['domain', 'ports', 'platform', 'activity'];

/** The room of a file: `domain`, a stage, `web`, `root` (the processes in src/ itself), `connectors/…`, `sandbox` … */
export function roomOf(file) {
  const [top, room, rest] = file.split('/');
  if (top === 'connectors') return `connectors/${room}`;
  if (top !== 'src') return top;
  return rest === undefined ? 'root' : room;
}

export const isStage = (room) => STAGES.includes(room);

/** The rooms that a room may import, itself included; null: anything. */
function allowedFor(room, file) {
  if (room === 'domain') return ['domain'];
  if (room === 'ports') return ['domain', 'ports'];
  if (room === 'platform') return ['domain', 'ports', 'platform'];
  if (room === 'activity') return CORE;
  if (isStage(room)) return [...CORE, ...STAGES.slice(0, STAGES.indexOf(room) + 1)];
  if (room === 'portal') return [...CORE, ...STAGES, 'portal'];
  // the marketplaces' listing is served as it lies in the repository
  if (room === 'web') return [...CORE, ...STAGES, 'portal', 'web', 'manifest.json'];
  if (room === 'root') return file === 'src/app.ts' ? null : [...CORE, ...STAGES, 'portal', 'web', 'root'];
  if (room.startsWith('connectors/')) return ['domain', 'ports', 'platform', room];
  if (room === 'sandbox') return ['sandbox'];
  return null;
}

function adviceFor(room, target) {
  if (target.startsWith('connectors/') && room.startsWith('connectors/'))
    return 'a connector knows its own vendor only; put what both need into src/platform';
  if (target.startsWith('connectors/'))
    return 'only src/app.ts may import connectors; take the port from src/ports and let app.ts hand it in';
  if (target === 'sandbox' || room === 'sandbox')
    return 'the sandbox and the product meet over the wire only; neither imports the other';
  if (room.startsWith('connectors/'))
    return 'a connector imports src/domain, src/ports and src/platform only';
  return `${room} may not know ${target}; move what it needs to an earlier stage, or do this work in a later one`;
}

/** Imports that point the wrong way. A path in a string (as the sandbox's entry is handed on) is no import. */
export function wrongDirections(source) {
  const room = roomOf(source.file);
  const allowed = allowedFor(room, source.file);
  if (allowed === null || (room === 'root' && source.file === 'src/app.ts')) return sandboxImports(source);
  return source.imports.flatMap(({ target, name, start }) => {
    if (name === '(computed)')
      return [{ start, rule: 'import', todo: 'import a file or package by its plain name' }];
    if (target === null) return [];
    const to = roomOf(target);
    return allowed.includes(to)
      ? []
      : [{ start, rule: 'import', todo: `${adviceFor(room, to)} (imports ${target})` }];
  });
}

/** Even the composition must not reach the stand-ins, nor product code a test. */
function sandboxImports(source) {
  if (!source.file.startsWith('src/')) return [];
  const banned = new Set(['sandbox', 'test', 'tools', 'bench']);
  return source.imports
    .filter(({ target }) => target !== null && banned.has(roomOf(target)))
    .map(({ start, target }) => ({
      start,
      rule: 'import',
      todo: `${adviceFor('root', roomOf(target))} (imports ${target})`,
    }));
}
