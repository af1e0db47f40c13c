import type { Wording } from '../words.ts';

/** The head of the business writes, in the first person (P10). Nothing in it needs the signer to be the owner. */
export const gentleFirst: Wording = {
  opening: `
Thank you for working with us; I am glad to have you as a customer.

{% if one %}I noticed that {{ invoices }} over {{ open }}, due on {{ due_on }}, is still open in our books.
{% else %}I noticed that {{ invoices }}, together {{ open }}, are still open in our books; the oldest was due on
{{ due_on }}.
{% endif %}Most likely it slipped through on a busy day.`,
  request: `Would you have a look, please, and pay {{ ask }} by {{ pay_by }}? If the payment is on its way, thank you,
and please forget this note.`,
  closing: `If something about our work or the invoice is not as you expected, I would like to hear of it. Your
answer reaches me directly.`,
};

/** Plainer: the fact, the question when, an open door. */
export const gentleSecond: Wording = {
  opening: `
Thank you for taking a moment for this.

{% if earlier %}We have been in touch about {{ invoices }} before.{% else %}I am writing about {{ invoices }}.{% endif %}
{% if one %}{{ open }} was due on {{ due_on }} and is now {{ late }} past due.
{% else %}Together {{ open }} is past due; the oldest was due on {{ due_on }}, {{ late }} ago.
{% endif %}`,
  request: `Please pay {{ ask }} by {{ pay_by }}, or tell me which day would work for you, so that I can plan with it.`,
  closing: `If money is tight just now, say so. We can talk about smaller payments, and it stays between us.`,
};

/** The last of the gentle series: as direct as it gets, and still a person to a person. */
export const gentleLast: Wording = {
  opening: `
Thank you for reading this one with care.

This is my last reminder about {{ invoices }}{% if earlier %}, after the ones before it{% endif %}.
{% if one %}{{ open }} was due on {{ due_on }}, {{ late }} ago, and is still open in our books.
{% else %}Together {{ open }} is still open in our books; the oldest was due on {{ due_on }}, {{ late }} ago.
{% endif %}`,
  request: `Please pay {{ ask }} by {{ pay_by }}. If you cannot pay {% if others %}{{ them }}{% else %}in full{% endif %}
by then, please speak with me before that day, so that we find a way to settle it together.`,
  closing: `If you see any of this differently, I would rather hear it from you now than not at all.`,
};
