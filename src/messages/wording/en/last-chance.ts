import type { Wording } from '../words.ts';

/** P7: the last letter, with at least a week to act. What would follow stands in it only as an approved consequence. */
export const lastChance: Wording = {
  opening: `
Thank you for giving this your personal attention.

This is our last reminder about {{ invoices }}{% if earlier %}, after the earlier ones{% endif %}.
{% if one %}{{ open }} was due on {{ due_on }}, {{ late }} ago, and is still open in {{ records }}.
{% else %}Together {{ open }} is still open in {{ records }}; the oldest was due on {{ due_on }}, {{ late }} ago.
{% endif %}`,
  request: `Please pay {{ ask }} by {{ pay_by }}. If you cannot pay {% if others %}{{ them }}{% else %}in full{% endif %}
by then, please speak with {{ contact }} before that day. We would much rather agree with you on a way to settle it, in
instalments if need be, than leave it open.`,
  closing: `If you have paid already, or see the amount differently, please tell us, and we will look into it before
anything else.`,
};
