import type { Wording } from '../words.ts';

/** P1: by post as soon as the payment date has passed. */
export const letterFirst: Wording = {
  opening: `
{% if service %}{{ creditor }} thanks you for your business.{% else %}Thank you for your business.{% endif %}

{% if one %}The payment date of {{ invoices }} has passed: {{ open }} was due on {{ due_on }} and is still open in
{{ records }}.
{% else %}The payment dates of {{ invoices }} have passed: together {{ open }} is still open in {{ records }}, the
oldest since {{ due_on }}.
{% endif %}It may simply have been overlooked.`,
  request: `Please pay {{ ask }} by {{ pay_by }}. If your payment is already on its way, thank you: there is nothing
more to do.`,
  closing: `For anything about {% if one %}the invoice{% else %}these invoices{% endif %}, please turn to {{ contact }},
who will gladly look into it.`,
};

/** P3: an e-mail that tells the reader to look out for the letter; without a posted letter it mentions none. */
export const letterMention: Wording = {
  opening: `
{% if service %}{{ creditor }} thanks you for your business.{% else %}Thank you for your business.{% endif %}

{% if letter %}We posted a letter about {{ invoices }} on {{ letter_on }}; please look out for it.
{% else %}We are writing about {{ invoices }}.
{% endif %}{% if one %}{{ open }} was due on {{ due_on }} and is still open in {{ records }}.
{% else %}Together {{ open }} is past due, the oldest since {{ due_on }}.
{% endif %}`,
  request: `Please pay {{ ask }} by {{ pay_by }}. If your payment and this message have crossed, thank you: there is
nothing more to do.`,
  closing: `Did {% if letter %}the letter or {% endif %}{% if one %}the invoice{% else %}one of the invoices{% endif %}
itself not reach you? Tell us, and we will send it again.`,
};

/** The formal letter after the e-mails: a statement, a date, a person to agree with. */
export const letterFormal: Wording = {
  opening: `
Thank you for the attention you give to this.

We are writing about {{ invoices }}{% if earlier %}, after the earlier reminders{% endif %}.
{% if one %}{{ open }} was due on {{ due_on }}, {{ late }} ago, and is still open in {{ records }}.
{% else %}Together {{ open }} is still open in {{ records }}; the oldest was due on {{ due_on }}, {{ late }} ago.
{% endif %}`,
  request: `Please pay {{ ask }} by {{ pay_by }}. If that is not possible{% if others %} for {{ them }}{% endif %},
please agree with {{ contact }} before that day on when you will pay, or on instalments.`,
  closing: `The list shows every invoice with its due date and what is open on it. If you see any of it differently,
please tell us, and we will look into it before anything else.`,
};
