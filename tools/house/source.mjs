/** Reads the source files below a folder and parses each one, so that comments and strings can be told apart. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from '@swc/core';

/** These have rules for what they say; of the others only the length counts, which spares the parsing. */
const PRODUCT = /^(src|connectors|sandbox)\//;
const FOLDERS = ['src', 'connectors', 'sandbox', 'tools', 'bench', 'test'];
/** Generated, or run by the browser. */
const EXCEPT = /^src\/platform\/db-types\.ts$|^src\/web\/assets\//;

/** The suffix that says what a file may touch (`store`, `job`, `routes`, `view`, `plugin`); '' for a plain file. */
function suffixOf(file) {
  return /\.(store|job|routes|view|plugin)\.tsx?$/.exec(file)?.[1] ?? '';
}

/**
 * All source files below `root` as `{ file, suffix, lines, nodes, imports, end, lineOf }`; a place in a file is the parser's
 * `start`. Throws when a file can't be parsed.
 */
export function readSources(root) {
  const files = FOLDERS.filter((folder) => existsSync(path.join(root, folder))).flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true }).map((name) => path.posix.join(folder, name)),
  );
  return files
    .filter((file) => /\.(tsx?|m?js)$/.test(file) && !EXCEPT.test(file))
    .sort()
    .map((file) => readSource(root, file));
}

function readSource(root, file) {
  const text = readFileSync(path.join(root, file), 'utf8');
  const bytes = Buffer.from(text);
  const nodes = [];
  if (PRODUCT.test(file)) collect(parse(file, text), 1, nodes);
  return {
    file,
    suffix: suffixOf(file),
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    nodes,
    imports: nodes.flatMap((at) => importOf(file, at)),
    end: bytes.length,
    lineOf: (start) => lineAt(bytes, start),
  };
}

function parse(file, text) {
  const typed = { syntax: 'typescript', tsx: file.endsWith('x') };
  try {
    return parseSync(text, {
      ...(/\.tsx?$/.test(file) ? typed : { syntax: 'ecmascript' }),
      target: 'es2024',
    });
  } catch (error) {
    throw new Error(`${file} can't be parsed: ${error.message}`);
  }
}

/** The parser counts bytes, from 1. */
function lineAt(bytes, start) {
  let line = 1;
  for (let at = bytes.indexOf(10); at !== -1 && at < start - 1; at = bytes.indexOf(10, at + 1)) line += 1;
  return line;
}

/** Every node of the tree with its start; a node without a place of its own has its parent's. */
function collect(node, parentStart, into) {
  if (Array.isArray(node)) {
    for (const child of node) collect(child, parentStart, into);
    return;
  }
  if (node === null || typeof node !== 'object') return;
  const start = node.span?.start ?? parentStart;
  if (typeof node.type === 'string') into.push({ node, start });
  for (const key in node) if (key !== 'span') collect(node[key], start, into);
}

/** What a node imports, if it does: import and export-from declarations, `import()`, `require()`, `import('…').T`. */
function importOf(file, { node, start }) {
  const name = specifierOf(node);
  if (name === null) return [];
  const target = name.startsWith('.') ? path.posix.join(path.posix.dirname(file), name) : null;
  return [{ name, target, start, typeOnly: isTypeOnly(node) }];
}

function specifierOf(node) {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      return node.source?.value ?? null;
    case 'TsImportType':
      return node.argument.value;
    case 'CallExpression': {
      const { callee, arguments: given } = node;
      const loads = callee.type === 'Import' || (callee.type === 'Identifier' && callee.value === 'require');
      if (!loads) return null;
      const [first] = given;
      // a computed name could be anything, so it counts as something that nobody may import
      return first?.expression.type === 'StringLiteral' ? first.expression.value : '(computed)';
    }
    default:
      return null;
  }
}

function isTypeOnly(node) {
  if (node.type === 'TsImportType' || node.typeOnly === true) return true;
  const specifiers = node.specifiers ?? [];
  return specifiers.length > 0 && specifiers.every((specifier) => specifier.isTypeOnly === true);
}
