import type { ReminderStep } from '../reminder.ts';
import { final } from './final.ts';
import { first } from './first.ts';
import { second } from './second.ts';
import { third } from './third.ts';

/**
 * What one step says, as Liquid templates of plain text; the merge fields are those of `fields.ts`. The figure, the
 * table, the ways to pay, the contact and the disclosures are the layout's: no wording can leave them out.
 */
export interface Wording {
  /** Thanks, then the point: which invoices, how much, since when. */
  readonly opening: string;
  /** What is asked, by when. */
  readonly request: string;
  /** What to do when that does not fit. */
  readonly closing: string;
}

/** The presets, each more direct than the one before, all of them courteous (P21, P25). */
export const presets: Readonly<Record<ReminderStep, Wording>> = { first, second, third, final };
