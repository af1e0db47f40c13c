import type { Wording } from '../words.ts';

/** R11: the promised day and its grace went by. It says what has not arrived, never who broke what. */
export const promiseBroken: Wording = {
  opening: `
Thank you for telling us when the payment would come.

{% if promise %}It was announced for {{ promised_on }}{% else %}The day you named has passed{% endif %}, and it is not in
{{ records }} yet; perhaps it is on its way, or something came in between.
{% if one %}{{ open }} on {{ invoices }}, due on {{ due_on }}, is still open.
{% else %}Together {{ open }} on {{ invoices }} is still open; the oldest was due on {{ due_on }}.
{% endif %}`,
  request: `Please pay {{ ask }} by {{ pay_by }}, or reply with a new day on which
{% if service %}{{ creditor }}{% else %}we{% endif %} can count.`,
  closing: `If something has changed on your side, tell {{ contact }}, so that we can find another arrangement.`,
};

/** R11: a plan is chased by its instalments. */
export const instalment: Wording = {
  opening: `
Thank you for the plan that we agreed on.

{{ instalment }}, {{ ask }}, was due on {{ instalment_due }} and is not in {{ records }} yet. The plan covers
{{ invoices }}.`,
  request: `Please pay {{ ask }} by {{ pay_by }}, so that the plan can go on as agreed. If your payment is on its way,
thank you: there is nothing more to do.`,
  closing: `If the days of the plan do not fit any more, tell {{ contact }}, so that we can look at it together.`,
};
