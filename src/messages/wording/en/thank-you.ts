import type { Wording } from '../words.ts';

/** The case is paid: thanks and nothing else. */
export const thankYou: Wording = {
  opening: `
Thank you: your payment has reached {% if service %}{{ creditor }}{% else %}us{% endif %}, and {{ invoices }}
{% if one %}is{% else %}are{% endif %} settled.`,
  request: ``,
  closing: `There is nothing more to do. We are glad to go on working with you.`,
};
