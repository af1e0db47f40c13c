import type { AttachableRow } from '../attachables.store.ts';
import type { BookView } from '../book-view.ts';
import { head, type Wire } from '../wire/shared.ts';
import { type Entity, itemOf, STAMPS } from './entity.ts';

/** A note as QuickBooks prints it. */
export function attachableWire(row: AttachableRow, view: BookView): Wire {
  return {
    ...head(row, view),
    AttachableRef: [{ IncludeOnSend: false, EntityRef: { type: row.entityType, value: row.entityId } }],
    Note: row.note,
  };
}

/** Notes can be asked for by what they are tied to; the invoice itself never lists them. */
export const attachable: Entity = {
  name: 'Attachable',
  fields: {
    ...STAMPS,
    'AttachableRef.EntityRef.Type': 'text',
    'AttachableRef.EntityRef.type': 'text',
    'AttachableRef.EntityRef.value': 'id',
    'AttachableRef.EntityRef.Value': 'id',
  },
  items: (view) =>
    view.attachables.map((row) =>
      itemOf(
        row,
        row.gone === true,
        (property) => (property.toLowerCase().endsWith('.type') ? row.entityType : row.entityId),
        () => attachableWire(row, view),
      ),
    ),
};
