import type { Wording } from '../words.ts';

/** P16: everything that is open, due or not, with its age; asks only for what is past due. */
export const statement: Wording = {
  opening: `
{% if service %}{{ creditor }} thanks you for your business.{% else %}Thank you for your business.{% endif %}

This is your statement of {{ today }}. {% if one %}{{ open }} is open on {{ invoices }}{% else %}Together {{ open }} is
open on {{ invoices }}{% endif %}{% if has_past_due %}{% if has_not_due %}, of which {{ past_due }} is past due{% else %},
all of it past due{% endif %}{% else %}; nothing of it is past due{% endif %}.`,
  request: `
{% if asks %}Please pay {{ ask }} by {{ pay_by }}.{% if has_not_due %} The rest is needed only on its own day.{% endif %}
{% else %}There is nothing to do before the due dates in the list.
{% endif %}`,
  closing: `Does the list differ from your own books? Tell us, and we will go through it with you.`,
};
