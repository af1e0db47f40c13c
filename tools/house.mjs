/**
 * The house rules that no compiler knows: imports go one way, a file's name says what it may touch, no vendor's name
 * in the product, small files. `node tools/house.mjs [folder]` prints each violation as `file:line: rule: what to do`
 * and ends with 1 when there is one. Files that became long, and plain ones that do I/O through others, are warnings.
 */
import { wrongDirections } from './house/directions.mjs';
import { hiddenInputs, impureImports, reachesThroughOthers } from './house/purity.mjs';
import { readSources } from './house/source.mjs';
import { vendorNames } from './house/vendors.mjs';

const LONG = 250;
const TOO_LONG = 400;

function tooLong({ lines, end }) {
  if (lines <= TOO_LONG) return [];
  const todo = `split it, one idea a file (${lines} lines; ${LONG} is questioned, ${TOO_LONG} refused)`;
  return [{ start: end, rule: 'length', todo }];
}

const rules = [wrongDirections, impureImports, hiddenInputs, vendorNames, tooLong];
const sources = readSources(process.argv[2] ?? '.');
const violations = sources.flatMap((source) =>
  rules
    .flatMap((rule) => rule(source))
    .map(({ start, rule, todo }) => `${source.file}:${source.lineOf(start)}: ${rule}: ${todo}`),
);
const long = sources.filter(({ lines }) => lines > LONG && lines <= TOO_LONG);

const reaching = sources.filter(reachesThroughOthers);

function warn(what, found) {
  if (found.length === 0) return;
  console.warn(`house: warning: ${what}: ${found.map(({ file, lines }) => `${file} (${lines})`).join(', ')}`);
}
warn(`longer than ${LONG} lines`, long);
for (const { file } of reaching)
  violations.push(
    `${file}:1: purity: pure by its name, yet it works on the database or the platform through another file: give it the suffix of what it touches`,
  );
for (const violation of violations) console.error(violation);
if (violations.length > 0) console.error(`house: ${violations.length} violations in ${sources.length} files`);
process.exitCode = violations.length > 0 ? 1 : 0;
