import type { Wording } from '../words.ts';

/** Firm: payment or a date; says that instalments can be talked about, promises nothing. */
export const third: Wording = {
  opening: `
Thank you for your attention to this.

{% if twice %}This is the third reminder about {{ invoices }}.{% elsif earlier %}This is another reminder about {{ invoices }}.
{% else %}This is about {{ invoices }}.{% endif %}
{% if one %}{{ open }} was due on {{ due_on }}, {{ late }} ago, and is still open in {{ records }}.
{% else %}Together {{ open }} is still open in {{ records }}; the oldest was due on {{ due_on }}, {{ late }} ago.
{% endif %}`,
  request: `Please pay {{ ask }} by {{ pay_by }}{% if others %}. For {{ them }}, please either pay or reply by then with
the day on which you will{% else %}, or reply by then with the day on which you will{% endif %}.`,
  closing: `If you cannot pay the whole amount at once, tell {{ contact }} what you can pay and when.`,
};
