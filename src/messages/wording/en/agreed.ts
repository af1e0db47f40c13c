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
Thank you for the plan that {% if service %}you and {{ creditor }}{% else %}we{% endif %} agreed on.

{% if instalments %}{{ instalment }}, together {{ ask }}, are not in {{ records }} yet; the first of them was due on
{{ instalment_due }}.
{% elsif part_paid %}{{ instalment }} was due on {{ instalment_due }}, and {{ ask }} of it is not in {{ records }} yet.
{% else %}{{ instalment }}, {{ ask }}, was due on {{ instalment_due }} and is not in {{ records }} yet.
{% endif %}The plan covers {{ invoices }}.`,
  request: `Please pay {{ ask }} by {{ pay_by }}, so that the plan can go on as agreed. If your payment is on its way,
thank you: there is nothing more to do.`,
  closing: `If the days of the plan do not fit any more, tell {{ contact }}, so that we can look at it together.`,
};

/** R11: an instalment and its grace went by, so the sequence goes on. It says what has not arrived, never who broke what. */
export const planEnded: Wording = {
  opening: `
Thank you for the plan that {% if service %}you and {{ creditor }}{% else %}we{% endif %} agreed
on{% if plan %} {{ plan_on }}{% endif %}{% if has_received %}, and for the {{ received }} that came in under it{% endif %}.

{% if instalments %}{{ instalment }}, due since {{ instalment_due }}, are not in {{ records }} yet,
{% elsif part_paid %}{{ instalment }}, due on {{ instalment_due }}, is not in {{ records }} in full yet,
{% elsif plan %}{{ instalment }}, due on {{ instalment_due }}, is not in {{ records }} yet,
{% else %}Not all of it is in {{ records }} yet,
{% endif %}and so the plan has ended. Perhaps something came in between.
{% if one %}{{ open }} on {{ invoices }}, due on {{ due_on }}, is open now.
{% else %}Together {{ open }} on {{ invoices }} is open now; the oldest was due on {{ due_on }}.
{% endif %}`,
  request: `Please pay {{ ask }} by {{ pay_by }}, or reply with what you can pay and when, so that
{% if service %}{{ creditor }}{% else %}we{% endif %} can look at a new plan with you.`,
  closing: `If your payment is on its way, thank you: tell {{ contact }} what you sent and when, so that it finds its place.`,
};
