import type { Wording } from '../words.ts';

/** P8: what was announced will not be done, and the customer hears it. It asks for nothing. */
export const consequenceWithdrawn: Wording = {
  opening: `
Thank you for your time.{% if announced %} On {{ announced_on }} we wrote to you about {{ invoices }} and said what would
follow.{% else %} We wrote to you about {{ invoices }} and said what would follow.{% endif %} We take that back: it will
not happen.`,
  request: ``,
  closing: `{% if one %}The invoice stays as it is in {{ records }}. If you would like to talk about it,
{% else %}The invoices stay as they are in {{ records }}. If you would like to talk about them,
{% endif %}{{ contact }} is glad to hear from you.`,
};
