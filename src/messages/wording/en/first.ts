import type { Wording } from '../words.ts';

/** Assumes good intent: most likely it was overlooked, or something about the invoice is not right. */
export const first: Wording = {
  opening: `
{% if service %}{{ creditor }} thanks you for your business.{% else %}Thank you for your business.{% endif %}

{% if one %}A short note about {{ invoices }}: {{ open }} was due on {{ due_on }} and is still open in {{ records }}.
{% else %}A short note about {{ invoices }}: together {{ open }} is past due and still open in {{ records }}, the
oldest since {{ due_on }}.
{% endif %}`,
  request: `Please pay {{ ask }} by {{ pay_by }}. If your payment is already on its way, thank you: there is nothing
more to do.`,
  closing: `Is anything about {% if one %}the invoice{% else %}these invoices{% endif %} not as you expected? Tell us,
and we will look into it.`,
};
