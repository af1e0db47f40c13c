import { readChanges } from '../../../src/books/changes.job.ts';
import { readEverything } from '../../../src/books/first-read.job.ts';
import { sweepOpenInvoices } from '../../../src/books/sweep.job.ts';
import { askForReadingAnew, getCursor } from '../../../src/books/sync-state.store.ts';
import { getCompany } from '../../../src/companies/company.store.ts';
import { openLedger } from '../../../src/companies/ledger-access.store.ts';
import { inCompany } from '../../../src/platform/db.ts';
import { computeStale } from '../../../src/receivables/compute-stale.job.ts';
import { reconcileCompany } from '../../../src/receivables/reconcile.job.ts';
import { type AgeRules, differences, type Figures } from './figures.ts';
import type { History, Op, Passing, Sync } from './history.ts';
import { LedgerModel } from './ledger-model.ts';
import type { Change, Vendor } from './ledger-state.ts';
import { agedOf, linesOf, positionsOf } from './read.ts';
import type { Firm, Stage } from './stage.ts';

export interface Tally {
  operations: number;
  syncs: number;
  positions: number;
}

/** The first thing that was wrong with a history, in words; `log` is all that led there. */
export interface Failure {
  readonly vendor: Vendor;
  readonly history: number;
  readonly wrong: readonly string[];
  readonly log: readonly string[];
}

interface Actor {
  readonly history: History;
  readonly number: number;
  readonly model: LedgerModel;
  readonly log: string[];
}

export interface PlayOptions {
  readonly vendor: Vendor;
  readonly base: string;
  readonly currencies: readonly string[];
  /** For the proof that a wrong rule is found. */
  readonly ages?: AgeRules;
  /** For the proof that a wrong figure is found: called after every reading, before the positions are computed. */
  readonly meddle?: (firm: Firm) => Promise<void>;
}

/** Histories that share their days, in one fresh set of books. */
interface Troupe {
  readonly firm: Firm;
  readonly actors: readonly Actor[];
  readonly options: PlayOptions;
}

/**
 * Plays histories that share their days, each with customers of its own, in one fresh set of books for each of `ways`, all
 * at the same time, and compares after every reading: positions with the model's arithmetic, with the ledger's own aged
 * receivables, and, after the tie-out, with the sums that the ledger's API states. Returns what was wrong; at most one
 * failure for a history and way.
 */
export async function play(
  stage: Stage,
  histories: readonly { readonly number: number; readonly history: History }[],
  ways: readonly PlayOptions[],
  tally: Tally,
): Promise<readonly Failure[]> {
  const failures = new Map<string, Failure>();
  const note = (troupe: Troupe, actor: Actor, wrong: readonly string[]): void => {
    const { vendor } = troupe.options;
    const key = `${vendor} ${actor.number}`;
    if (wrong.length === 0 || failures.has(key)) return;
    failures.set(key, { vendor, history: actor.number, wrong, log: [...actor.log] });
  };
  const troupes: Troupe[] = [];
  for (const options of ways) {
    const firm = await stage.firm(options.vendor, options.base);
    troupes.push({ firm, options, actors: histories.map((one) => actorOf(one, options)) });
  }
  const together = async (work: (troupe: Troupe) => Promise<void>): Promise<void> => {
    await Promise.all(troupes.map(work));
  };
  await together(({ firm, actors }) => stage.change(firm, actors.flatMap(settle)));
  for (const [at, pass] of (histories[0]?.history.rounds ?? []).entries()) {
    // at the very instant of the last reading
    await together((troupe) => act(stage, troupe, (history) => history.rounds[at]?.late ?? [], tally));
    stage.setNow(after(stage.now(), pass));
    await together(async (troupe) => {
      say(troupe, `-- ${stage.now().toISOString()}, there ${dayIn(stage.now(), troupe.firm.zone)}`);
      await act(stage, troupe, (history) => history.rounds[at]?.ops ?? [], tally);
      const sync = syncOf(pass.sync, at === 0, troupe.actors);
      if (sync === 'none') return await stayConnected(stage, troupe.firm);
      say(troupe, `-- read: ${sync}`);
      for (const { model } of troupe.actors) model.state.unstamped = false;
      await read(stage, troupe, sync);
      await troupe.options.meddle?.(troupe.firm);
      tally.syncs += 1;
      await compare(stage, troupe, tally, note);
    });
  }
  return [...failures.values()];
}

function say({ actors }: Troupe, words: string): void {
  for (const actor of actors) actor.log.push(words);
}

function actorOf({ number, history }: { number: number; history: History }, options: PlayOptions): Actor {
  const pad = (n: number, width: number) => String(n).padStart(width, '0');
  const model = new LedgerModel({
    vendor: options.vendor,
    currencies: options.currencies,
    nameOf: (label) => `${label} of history ${number}`,
    idOf: (n) =>
      options.vendor === 'intuit'
        ? `7${pad(number, 6)}${pad(n, 5)}`
        : `${pad(number, 8)}-0000-4000-8000-${pad(n, 12)}`,
    ...(options.ages && { ages: options.ages }),
  });
  return { history, number, model, log: [] };
}

/** The customers with whom a history begins. */
function settle(actor: Actor): readonly Change[] {
  return actor.history.customers.flatMap((customer) => {
    const step = actor.model.play({ op: 'customer', ...customer }, '');
    if (step === null) return [];
    actor.log.push(step.words);
    return step.changes;
  });
}

/** Lets everybody do what their history says, in one call. */
async function act(
  stage: Stage,
  { firm, actors }: Troupe,
  opsOf: (history: History) => readonly Op[],
  tally: Tally,
): Promise<void> {
  const today = dayIn(stage.now(), firm.zone);
  const changes = actors.flatMap((actor) =>
    opsOf(actor.history).flatMap((op) => {
      const step = actor.model.play(op, today);
      if (step === null) return [];
      tally.operations += 1;
      actor.log.push(step.words);
      return step.changes;
    }),
  );
  await stage.change(firm, changes);
}

/** The first reading is of everything; what no stamp tells of comes to light in a sweep. */
function syncOf(wanted: Sync, first: boolean, actors: readonly Actor[]): Sync {
  if (first) return 'anew';
  const unstamped = actors.some((actor) => actor.model.state.unstamped);
  return wanted === 'changes' && unstamped ? 'sweep' : wanted;
}

/** Books that nobody reads for two months lose their connection; something else of them is asked for now and then. */
async function stayConnected({ duly }: Stage, { companyId }: Firm): Promise<void> {
  const { ledger } = await openLedger(duly, companyId, 'send');
  await ledger.ownReminders();
}

/** As the product's sync job does it, without its timetable. */
async function read({ duly }: Stage, { firm: { companyId }, actors }: Troupe, sync: Sync): Promise<void> {
  const cursorOf = () => inCompany(duly.db, companyId, (tx) => getCursor(tx, companyId));
  if (sync === 'anew' && (await cursorOf()) !== null)
    await inCompany(duly.db, companyId, (tx) => askForReadingAnew(tx, companyId, duly.clock.now()));
  if (sync !== 'anew') {
    const { ledger } = await openLedger(duly, companyId, 'send');
    // the first one's invoices are confirmed besides, as right before a message (R9)
    const confirm = actors[0]?.model.state.invoices.map((one) => one.id) ?? [];
    await readChanges(duly, companyId, ledger, confirm);
    if (sync === 'sweep') await sweepOpenInvoices(duly, companyId, ledger);
  }
  // asked for just now, or by a reading of changes that may have missed deletions
  const cursor = await cursorOf();
  if (cursor?.complete === true) return;
  const { ledger } = await openLedger(duly, companyId, 'first');
  await readEverything(duly, companyId, ledger, cursor);
}

async function compare(
  stage: Stage,
  troupe: Troupe,
  tally: Tally,
  note: (troupe: Troupe, actor: Actor, wrong: readonly string[]) => void,
): Promise<void> {
  const { duly } = stage;
  const { firm, actors } = troupe;
  const { companyId } = firm;
  await inCompany(duly.db, companyId, async (tx) =>
    computeStale(tx, await getCompany(tx, companyId), duly.clock.now(), duly),
  );
  const aged = await agedOf(stage, firm);
  // before the tie-out, which mends what it finds
  const before = await positionsOf(duly, companyId);
  const everybody = actors.flatMap(({ model }) => model.customerIds());
  const lines = await linesOf(duly, companyId, everybody);
  await reconcileCompany(duly, { companyId, compare: true, purpose: 'send' });
  const after = await positionsOf(duly, companyId);
  const today = dayIn(stage.now(), firm.zone);
  for (const actor of actors) {
    const { model } = actor;
    const mine = new Set(model.customerIds());
    const own = (found: ReadonlyMap<string, Figures>) =>
      new Map([...found].filter(([key]) => mine.has(key.split(' ')[0] ?? '')));
    const expected = model.figures(today);
    const label = (id: string) => model.state.labelOf(id);
    const stated = aged.by((id) => (mine.has(id) ? model.debtorOf(id) : null));
    note(troupe, actor, [
      ...differences('in our position', expected, before.of(mine), label),
      ...differences('by the invoices and credits behind it', expected, own(lines), label),
      ...differences('in the ledger’s aged receivables', expected, stated, label),
      ...differences('in our position after the tie-out', expected, after.of(mine), label),
      ...after.untied(mine, expected, label),
    ]);
    tally.positions += expected.size;
  }
}

/** A later instant: so many days on, at that time of day, and never before the present one. */
function after(now: Date, { days, time }: Passing): Date {
  const day = new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const then = new Date(`${day}T${time}:00Z`);
  // the ledgers' minutes are counted too
  return then.getTime() > now.getTime() + 120_000 ? then : new Date(now.getTime() + 3_600_000);
}

function dayIn(instant: Date, zone: string): string {
  return Temporal.Instant.from(instant.toISOString()).toZonedDateTimeISO(zone).toPlainDate().toString();
}
