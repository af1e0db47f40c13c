import type { Wording } from '../words.ts';

/** P10: the head of the business, understanding first, then why it matters that payments arrive on their day. */
export const ownerPersonal: Wording = {
  opening: `
Thank you for being our customer.

{% if owner %}I run {{ creditor }} and wanted to write to you myself.{% else %}I wanted to write to you in person.{% endif %}
Every business has weeks in which money comes in later than planned, and I know that it is seldom anybody’s wish to keep
others waiting.

{% if one %}{{ open }} on {{ invoices }} was due on {{ due_on }}, {{ late }} ago.
{% else %}Together {{ open }} on {{ invoices }} is past due; the oldest was due on {{ due_on }}, {{ late }} ago.
{% endif %}Our own people and suppliers are paid on fixed days, from payments like this one. That is why it matters to
us that they arrive on theirs.`,
  request: `Please pay {{ ask }} by {{ pay_by }}. If that is out of reach, tell me which day is not, and what you can pay
on it.`,
  closing: `An answer reaches me, and I would be glad to talk.`,
};

/** P11: one more person hears of it; polite, and nobody is blamed. */
export const managerCopied: Wording = {
  opening: `
Thank you for your help with this.

{% if copied %}So that everybody who can help has the same facts, {{ copied_to }} receives a copy of this. It is not
meant as a reproach to anybody.

{% endif %}{% if one %}{{ open }} on {{ invoices }} was due on {{ due_on }} and is {{ late }} past due.
{% else %}Together {{ open }} on {{ invoices }} is past due; the oldest was due on {{ due_on }}, {{ late }} ago.
{% endif %}{% if earlier %}The earlier reminders have not led to a payment or a date yet.{% endif %}`,
  request: `Please pay {{ ask }} by {{ pay_by }}{% if copied %}, or let us know between you{% else %}, or let us know{% endif %}
by then who decides on it and on which day the payment will be made.`,
  closing: `If an approval, a document or an answer from us is what is missing, tell {{ contact }}, and you will have it.`,
};
