import type { Wording } from '../words.ts';

/**
 * What a person may say on the telephone (P6), in the order of a call. The opening names no money: it is said before
 * it is known who is listening.
 */
const opening = `
Good day, this is {{ contact }} from {{ creditor }}. {% if head %}Am I speaking with {{ head_name }}?{% else %}Am I
speaking with the person who looks after invoices?{% endif %} Thank you for taking a moment.`;

const figures = `{% if one %}{{ open }} was due on {{ due_on }}, {{ late }} ago.
{% else %}Together {{ open }} is past due, the oldest since {{ due_on }}.
{% endif %}`;

const closing = `Thank you. I have noted that, and I will send you what we agreed in writing.`;

export const call: Wording = {
  opening,
  request: `
I am calling about {{ invoices }}.
${figures}Is anything about {% if one %}it{% else %}them{% endif %} not as you expected?

Please tell me on which day {{ ask }} can be paid; {{ pay_by }} would be good for us.`,
  closing,
};

/** P10: after the personal e-mail, understanding first, as it was. */
export const callAfterOwner: Wording = {
  opening,
  request: `
I am calling about {{ invoices }}{% if wrote %}, and the personal e-mail that you had from us on {{ wrote_on }}{% endif %}.
${figures}I know that money sometimes comes in later than planned. Is there anything that keeps you from paying, or anything
about {% if one %}it{% else %}them{% endif %} that is not as you expected?

Please tell me what can be paid, and on which day; {{ ask }} by {{ pay_by }} would be good for us.`,
  closing,
};

/** P11: to the head of that business; polite, and nobody is blamed. */
export const callHead: Wording = {
  opening,
  request: `
I am calling about {{ invoices }}{% if wrote %}, of which you had a copy of our e-mail of {{ wrote_on }}{% endif %}.
${figures}{% if head %}That is no reproach to anybody; I hope that you can help us to settle it.{% else %}I hope that you
can help us to settle it.{% endif %}

Please tell me who can release the payment of {{ ask }}, and on which day it will be made; {{ pay_by }} would be good for
us.`,
  closing,
};
