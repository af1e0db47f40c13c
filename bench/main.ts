/** `npm run bench -- NAME [--json]`: measures one figure. Ends with 0 only when it meets its thresholds. */
import { histories } from './histories.ts';
import { plan } from './plan.ts';
import { reconcile } from './reconcile.ts';
import { type Figure, say } from './support/figure.ts';
import { measureHere } from './support/sync-child.ts';
import { sync } from './sync.ts';
import { unchanged } from './unchanged.ts';

const figures: Readonly<Record<string, (args: readonly string[]) => Promise<Figure>>> = {
  sync,
  unchanged,
  reconcile,
  plan,
};

async function main(args: readonly string[]): Promise<boolean> {
  const [name = '', ...rest] = args.filter((arg) => arg !== '--json');
  // a part of a figure, in a process of its own
  if (name === 'sync-part') return await measureHere(rest);
  // random histories are correctness, not speed: the same reconciler, another question
  const figure = name === 'reconcile' && rest.includes('--histories') ? histories : figures[name];
  if (figure === undefined) {
    process.stderr.write(`There is no figure "${name}". There are: ${Object.keys(figures).join(', ')}.\n`);
    return false;
  }
  return say(await figure(rest), args.includes('--json'));
}

try {
  // said outright: the embedded server's own end of the process would say that all went well
  process.exit((await main(process.argv.slice(2))) ? 0 : 1);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}
