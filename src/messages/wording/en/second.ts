import type { Wording } from '../words.ts';

/** Plain: the facts, a date, and the question when to expect the payment. */
export const second: Wording = {
  opening: `
Thank you for looking at this again.

{% if earlier %}This is the second reminder about {{ invoices }}.{% else %}This is about {{ invoices }}.{% endif %}
{% if one %}{{ open }} was due on {{ due_on }} and is now {{ late }} past due.
{% else %}Together {{ open }} is past due; the oldest was due on {{ due_on }}, {{ late }} ago.
{% endif %}`,
  request: `Please pay {{ ask }} by {{ pay_by }}. If that date does not work for you, reply with the day on which
{% if service %}{{ creditor }}{% else %}we{% endif %} can expect the payment.`,
  closing: `If something is holding the payment up, tell us, and we will help to clear it.`,
};
