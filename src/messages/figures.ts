import { openMinorOf, pastDueMinor, type ReminderInvoice } from './reminder.ts';
import { kindOf, type TemplateKey } from './template.ts';

export interface FiguresInput {
  readonly template: TemplateKey;
  readonly invoices: readonly ReminderInvoice[];
  /** Unapplied credits of the customer in this currency. */
  readonly creditsMinor: number;
  /** What the touch was planned to ask for. */
  readonly plannedMinor: number;
}

/**
 * What a message asks for and which credits it counts, minor units. A reminder and an instalment ask for what was planned, so that a
 * figure that changed since then is found out as a contradiction (CON-13); the others follow from what they list.
 */
export function figuresOf(input: FiguresInput): { readonly askMinor: number; readonly creditsMinor: number } {
  const { invoices, creditsMinor, plannedMinor } = input;
  switch (kindOf(input.template)) {
    case 'thanks':
    case 'withdrawal':
      return { askMinor: 0, creditsMinor: 0 };
    case 'instalment':
      return { askMinor: plannedMinor, creditsMinor: 0 };
    case 'statement':
      return { askMinor: Math.max(0, pastDueMinor(invoices) - creditsMinor), creditsMinor };
    case 'courtesy':
      // credits may be meant for what is past due, or for another invoice: they count only where the plan counted them
      return openMinorOf(invoices) === plannedMinor
        ? { askMinor: plannedMinor, creditsMinor: 0 }
        : { askMinor: plannedMinor, creditsMinor };
    default:
      return { askMinor: plannedMinor, creditsMinor };
  }
}
