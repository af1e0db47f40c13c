import type { Wording } from '../words.ts';

/**
 * What a person may say on the telephone (P6), in the order of a call. The opening names no money: it is said before
 * it is known who is listening.
 */
export const call: Wording = {
  opening: `
Good day, this is {{ contact }} from {{ creditor }}. Am I speaking with the person who looks after invoices? Thank you
for taking a moment.`,
  request: `
I am calling about {{ invoices }}.
{% if one %}{{ open }} was due on {{ due_on }}, {{ late }} ago. Is anything about it not as you expected?
{% else %}Together {{ open }} is past due, the oldest since {{ due_on }}. Is anything about them not as you expected?
{% endif %}

Please tell me on which day {{ ask }} can be paid; {{ pay_by }} would be good for us.`,
  closing: `Thank you. I have noted that, and I will send you what we agreed in writing.`,
};
