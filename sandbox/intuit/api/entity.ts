import type { BookView } from '../book-view.ts';
import type { Stamped, Wire } from '../wire/shared.ts';

/** How a property is compared. Instants are compared to the second, as they are printed. */
export type FieldKind = 'id' | 'text' | 'amount' | 'day' | 'instant' | 'boolean';

/** A row of one entity, turned into its wire form only when it is answered. */
export interface Item {
  readonly id: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Gone: never found by a query, a stub in the change feed, 610 when read. */
  readonly deleted: boolean;
  /** The property's value for filters and order; amounts as numbers in major units. */
  field(property: string): string | number | boolean | undefined;
  wire(): Wire;
}

export interface Entity {
  /** As in `FROM Invoice`; case matters. */
  readonly name: string;
  /** Properties that can be asked for. */
  readonly fields: Readonly<Record<string, FieldKind>>;
  items(view: BookView): readonly Item[];
}

/** The properties of every entity. */
export const STAMPS = {
  Id: 'id',
  'MetaData.CreateTime': 'instant',
  'MetaData.LastUpdatedTime': 'instant',
} as const;

/** An item of a stored row; `fields` answers for the entity's own properties. */
export function itemOf(row: Stamped, deleted: boolean, fields: Item['field'], wire: Item['wire']): Item {
  return {
    id: row.id,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    deleted,
    field: (property) => {
      if (property === 'Id') return row.id;
      if (property === 'MetaData.CreateTime') return row.createdAt;
      if (property === 'MetaData.LastUpdatedTime') return row.updatedAt;
      return fields(property);
    },
    wire,
  };
}
