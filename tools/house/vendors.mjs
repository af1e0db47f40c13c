/** No vendor's name below src/, so that the next ledger changes nothing there; comments may explain. */

const VENDOR = /quickbooks|xero|intuit|postmark/i;
/** Configuration, composition, and the marketplace pages, whose addresses and buttons carry the names by contract. */
const EXCEPT = /^src\/(app|main|tick)\.ts$|^src\/platform\/[^/]*config[^/]*$|^src\/web\//;

/** Vendors' names in code and strings of `src/`, or in a file's own name. */
export function vendorNames(source) {
  const { file, nodes } = source;
  if (!file.startsWith('src/') || EXCEPT.test(file)) return [];
  const todo = 'say what it is in our own words (ledger, mailer, provider); the vendor stays in connectors/';
  const inName = VENDOR.test(file) ? [{ start: 1, rule: 'vendor', todo: `rename the file: ${todo}` }] : [];
  const lines = new Map();
  for (const { node, start } of nodes) {
    for (const text of [node.value, node.cooked, node.pattern])
      if (typeof text === 'string' && VENDOR.test(text)) lines.set(start, VENDOR.exec(text)[0]);
  }
  return [
    ...inName,
    ...[...lines].map(([start, name]) => ({ start, rule: 'vendor', todo: `${todo} (says "${name}")` })),
  ];
}
