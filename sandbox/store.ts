import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/**
 * Documents by kind and id: held in memory, written through to SQLite before `put` returns, so that the
 * process may be killed at any moment. The maps of `all` are live and in order of creation; change a document
 * only by putting a new one.
 */
export interface DocStore {
  all<T>(kind: string): Map<string, T>;
  put(kind: string, id: string, doc: unknown): void;
  remove(kind: string, id: string): void;
  /** All puts of `work` become durable together, or, when it throws, none of them. May be nested. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** Another sandbox runs on the same folder. */
export class StoreInUseError extends Error {
  constructor(dataDir: string) {
    super(`The sandbox can't start: another one uses ${dataDir}. Stop it, or set another DATA_DIR.`);
    this.name = 'StoreInUseError';
  }
}

/** Opens `dataDir/sandbox.db` (made when missing), or a store that ends with the process. Throws StoreInUseError. */
export function openStore(dataDir?: string): DocStore {
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const db = new DatabaseSync(dataDir === undefined ? ':memory:' : join(dataDir, 'sandbox.db'));
  // in memory is the truth of this process, so a second one on the same file must not start
  db.exec('PRAGMA busy_timeout = 3000; PRAGMA locking_mode = EXCLUSIVE;');
  // WAL with NORMAL survives a killed process; only a power cut could lose the last writes
  try {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    db.exec(
      'CREATE TABLE IF NOT EXISTS doc (kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (kind, id))',
    );
    // an exclusive lock is taken by the first write
    db.exec('BEGIN EXCLUSIVE; COMMIT');
  } catch (error) {
    db.close();
    if (/locked|busy/i.test((error as Error).message)) throw new StoreInUseError(dataDir ?? ':memory:');
    throw error;
  }
  return new SqliteStore(db);
}

interface Undo {
  kind: string;
  id: string;
  before: unknown;
}

class SqliteStore implements DocStore {
  private readonly kinds = new Map<string, Map<string, unknown>>();
  private readonly upsert: StatementSync;
  private readonly drop: StatementSync;
  private readonly load: StatementSync;
  private undo: Undo[] | undefined;

  constructor(private readonly db: DatabaseSync) {
    // an upsert keeps the rowid, and with it the order of creation
    this.upsert = db.prepare(
      'INSERT INTO doc (kind, id, body) VALUES (?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body',
    );
    this.drop = db.prepare('DELETE FROM doc WHERE kind = ? AND id = ?');
    this.load = db.prepare('SELECT id, body FROM doc WHERE kind = ? ORDER BY rowid');
  }

  all<T>(kind: string): Map<string, T> {
    let docs = this.kinds.get(kind);
    if (docs === undefined) {
      docs = new Map();
      for (const row of this.load.all(kind)) docs.set(String(row.id), JSON.parse(String(row.body)));
      this.kinds.set(kind, docs);
    }
    return docs as Map<string, T>;
  }

  put(kind: string, id: string, doc: unknown): void {
    const docs = this.all(kind);
    this.upsert.run(kind, id, JSON.stringify(doc));
    this.undo?.push({ kind, id, before: docs.get(id) });
    docs.set(id, doc);
  }

  remove(kind: string, id: string): void {
    const docs = this.all(kind);
    if (!docs.has(id)) return;
    this.drop.run(kind, id);
    this.undo?.push({ kind, id, before: docs.get(id) });
    docs.delete(id);
  }

  transaction<T>(work: () => T): T {
    if (this.undo !== undefined) return work();
    this.undo = [];
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.db.exec('COMMIT');
      return result;
    } catch (error) {
      this.db.exec('ROLLBACK');
      for (const { kind, id, before } of this.undo.toReversed()) {
        if (before === undefined) this.all(kind).delete(id);
        else this.all(kind).set(id, before);
      }
      throw error;
    } finally {
      this.undo = undefined;
    }
  }

  close(): void {
    this.db.close();
  }
}
