import type { Wording } from '../words.ts';

/** The last of the series: formal and courteous. A consequence is never part of the wording (P8). */
export const final: Wording = {
  opening: `
Thank you for giving this your personal attention.

This is the final notice about {{ invoices }}{% if earlier %}, after the earlier reminders{% endif %}.
{% if one %}{{ open }} was due on {{ due_on }}, {{ late }} ago, and is still open in {{ records }}.
{% else %}Together {{ open }} is still open in {{ records }}; the oldest was due on {{ due_on }}, {{ late }} ago.
{% endif %}`,
  request: `Please pay {{ ask }} by {{ pay_by }}. If you cannot pay {% if others %}{{ them }}{% else %}in full{% endif %}
by then, please speak with {{ contact }} before that day, so that we can agree on how to settle it.`,
  closing: `If any of this is not right in your view, tell us, and we will look into it before anything else.`,
};
