import type { Wording } from '../words.ts';

/** Before the due date (P28): nothing is late, so nothing sounds like it; the moment to find out what is missing. */
export const courtesy: Wording = {
  opening: `
{% if service %}{{ creditor }} thanks you for your business.{% else %}Thank you for your business.{% endif %}

{% if one %}A note ahead of time: {{ invoices }} over {{ open }} is due on {{ due_on }}.
{% else %}A note ahead of time: {{ invoices }}, together {{ open }}, fall due soon, the first on {{ due_on }}.
{% endif %}`,
  request: `
{% if one %}Please plan the payment of {{ ask }} so that it arrives by {{ pay_by }}.
{% else %}Please plan each payment for its day in the list; the first should arrive by {{ pay_by }}.
{% endif %}If it is arranged already, thank you: there is nothing more to do.`,
  closing: `Does your accounts department need anything else, such as an order number or another address on the
invoice? Tell us now, and there is time to put it right.`,
};
