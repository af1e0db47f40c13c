import { randomUUID } from 'node:crypto';
import type { DocStore } from '../../store.ts';
import { sevenDigits } from '../wire/dates.ts';
import type { Wire } from '../wire/envelope.ts';

/** The right of the app to one organisation, given by one user. */
export interface XeroConnection {
  id: string;
  userId: string;
  tenantId: string;
  authEventId: string;
  createdAt: string;
  updatedAt: string;
}

const KIND = 'xero-connection';

/** Who has connected which organisation; durable. */
export class Connections {
  constructor(private readonly store: DocStore) {}

  all(): XeroConnection[] {
    return [...this.store.all<XeroConnection>(KIND).values()];
  }

  of(userId: string, tenantId?: string): XeroConnection[] {
    return this.all().filter(
      (c) => c.userId === userId && (tenantId === undefined || c.tenantId === tenantId),
    );
  }

  /** Connects, or marks an existing connection as given again by this authorisation. */
  connect(userId: string, tenantId: string, authEventId: string, now: Date): void {
    const at = now.toISOString();
    const [before] = this.of(userId, tenantId);
    const id = before?.id ?? randomUUID();
    const createdAt = before?.createdAt ?? at;
    this.store.put(KIND, id, { id, userId, tenantId, authEventId, createdAt, updatedAt: at });
  }

  remove(id: string): void {
    this.store.remove(KIND, id);
  }

  /** As when somebody opens Settings → Connected apps → Disconnect: gone for every user, and nobody is told. */
  removeTenant(tenantId: string): void {
    for (const each of this.all()) if (each.tenantId === tenantId) this.remove(each.id);
  }
}

/** One row of `GET /connections`. */
export function connectionWire(connection: XeroConnection, tenantName: string): Wire {
  return {
    id: connection.id,
    authEventId: connection.authEventId,
    tenantId: connection.tenantId,
    tenantType: 'ORGANISATION',
    tenantName,
    createdDateUtc: sevenDigits(connection.createdAt),
    updatedDateUtc: sevenDigits(connection.updatedAt),
  };
}
