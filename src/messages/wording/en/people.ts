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
{% endif %}We pay our own people and suppliers on fixed days, from payments like this one. That is why it matters so
much to us that it arrives on time.`,
  request: `Please pay {{ ask }} by {{ pay_by }}. If that is not possible, tell me what you can pay and on which
day.`,
  closing: `Your answer reaches me directly, and I would be glad to talk.`,
};

/** P11: one more person hears of it; polite, and nobody is blamed. */
export const managerCopied: Wording = {
  opening: `
Thank you for your help with this.

{% if copied %}So that everybody who can help has the same facts, {{ copied_to }} receives a copy of this. It is not
meant as a reproach to anybody.

{% endif %}{% if one %}{{ open }} on {{ invoices }} was due on {{ due_on }} and is {{ late }} past due.
{% else %}Together {{ open }} on {{ invoices }} is past due; the oldest was due on {{ due_on }}, {{ late }} ago.
{% endif %}{% if earlier %}We have been in touch about it before.{% endif %}`,
  request: `Please pay {{ ask }} by {{ pay_by }}, or let us know by then who can release the payment and on which day it
will be made.`,
  closing: `If a document or an answer from us is missing, tell {% if owner %}me{% else %}{{ contact }}{% endif %}, and you
will have it.`,
};
