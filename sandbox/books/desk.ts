import type { SandboxClock } from '../clock.ts';
import type { DocStore } from '../store.ts';
import { nthId } from './ids.ts';
import { BooksError, type BooksEvent, type SandboxCompany } from './model.ts';
import { type Rows, Shelf } from './shelf.ts';

type Kind = keyof Rows;
type Stamped = { id: string; companyId: string; version: number; createdAt: string; updatedAt: string };

const COMPANIES = 'books/company';
const COUNTERS = 'books/counter';

/** What every operation on the books works with: the rows, the stamp of the moment, one transaction, its events. */
export class Desk {
  private readonly shelves = new Map<string, Shelf>();
  private readonly listeners: ((event: BooksEvent) => void)[] = [];
  private events: BooksEvent[] | undefined;
  private backdated: string | undefined;

  constructor(
    readonly store: DocStore,
    readonly clock: SandboxClock,
    private readonly seed: number,
  ) {}

  companies(): ReadonlyMap<string, SandboxCompany> {
    return this.store.all<SandboxCompany>(COMPANIES);
  }

  company(companyId: string): SandboxCompany {
    const company = this.companies().get(companyId);
    if (company === undefined) throw new BooksError('not_found', `There is no company ${companyId}`);
    return company;
  }

  putCompany(company: SandboxCompany): void {
    this.store.put(COMPANIES, company.id, company);
  }

  shelf(companyId: string): Shelf {
    let shelf = this.shelves.get(companyId);
    if (shelf === undefined) {
      this.company(companyId);
      shelf = new Shelf(this.store, companyId);
      this.shelves.set(companyId, shelf);
    }
    return shelf;
  }

  /** The instant that rows written now carry: the clock's, or the one of `backdate`. */
  stamp(): string {
    return this.backdated ?? this.clock.now().toISOString();
  }

  /** Runs `work` as if the clock stood at `instant`; for history that is written afterwards. */
  backdate<T>(instant: string, work: () => T): T {
    const outer = this.backdated;
    this.backdated = instant;
    try {
      return work();
    } finally {
      this.backdated = outer;
    }
  }

  /** Runs `work` as one durable change, then tells the listeners; a listener's failure never reaches the caller. */
  write<T>(work: () => T): T {
    if (this.events !== undefined) return work();
    const events: BooksEvent[] = [];
    this.events = events;
    try {
      const result = this.store.transaction(work);
      this.events = undefined;
      for (const event of events) this.tell(event);
      return result;
    } catch (error) {
      // the store went back; the indexes beside it are built again when next needed
      this.shelves.clear();
      throw error;
    } finally {
      this.events = undefined;
    }
  }

  emit(companyId: string, entity: BooksEvent['entity'], id: string, verb: BooksEvent['verb']): void {
    this.events?.push({ companyId, entity, id, verb, at: this.stamp() });
  }

  onEvent(listener: (event: BooksEvent) => void): void {
    this.listeners.push(listener);
  }

  /** Stores a new row with the company's next id, unless one is given. */
  insert<K extends Kind>(
    companyId: string,
    kind: K,
    row: Omit<Rows[K], keyof Stamped> & { id?: string },
  ): Rows[K] {
    const shelf = this.shelf(companyId);
    const id = row.id ?? this.nextId(companyId);
    if (shelf.rows(kind).has(id)) throw new BooksError('invalid', `There is a ${kind} ${id} already`);
    const at = this.stamp();
    const stamped = { ...row, id, companyId, version: 0, createdAt: at, updatedAt: at };
    return shelf.put(kind, stamped as unknown as Rows[K]);
  }

  /** Stores a changed row with the next version; members that are `undefined` are taken away. */
  amend<K extends Kind>(companyId: string, kind: K, id: string, change: Partial<Rows[K]>): Rows[K] {
    const shelf = this.shelf(companyId);
    const row = shelf.get(kind, id);
    if (change.version !== undefined && change.version !== row.version) {
      throw new BooksError('stale', `${kind} ${id} is at version ${row.version}, not ${change.version}`);
    }
    const { id: _i, companyId: _c, createdAt: _a, ...rest } = change as Partial<Stamped>;
    const next: Record<string, unknown> = {
      ...row,
      ...rest,
      version: row.version + 1,
      updatedAt: this.stamp(),
    };
    for (const key of Object.keys(next)) if (next[key] === undefined) delete next[key];
    return shelf.put(kind, next as unknown as Rows[K]);
  }

  private nextId(companyId: string): string {
    const n = (this.store.all<number>(COUNTERS).get(companyId) ?? 0) + 1;
    this.store.put(COUNTERS, companyId, n);
    return nthId(this.company(companyId).vendor, this.seed, companyId, n);
  }

  private tell(event: BooksEvent): void {
    for (const listener of this.listeners) {
      try {
        listener(event);
      } catch {
        // a webhook that can't be rung must not undo what is already in the books
      }
    }
  }
}
