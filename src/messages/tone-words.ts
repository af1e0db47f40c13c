/** Words a reminder must not have, by what is wrong with them. Matched as whole words, in any case. */
interface ToneWords {
  readonly rule: 'threat' | 'shame' | 'promotion' | 'alarm';
  readonly why: string;
  readonly words: readonly string[];
}

const list = (text: string): string[] => text.split('\n').flatMap((line) => line.trim().split(/\s*,\s*/));

export const unwelcome: readonly ToneWords[] = [
  {
    rule: 'threat',
    why: 'A consequence may be named only where the business has approved it, never in the wording.',
    words:
      list(`legal action, legal steps, legal proceedings, lawyer, lawyers, attorney, attorneys, solicitor, solicitors
      court, courts, lawsuit, sue, suing, litigation, prosecute, prosecution, judgment, judgement, bailiff, bailiffs
      collection agency, collections agency, debt collector, debt collectors, collections, credit rating, credit score
      credit bureau, credit report, credit file, seize, seizure, garnish, garnishment, police, arrest, enforcement
      or else, consequences, further action, further steps, without further notice, no choice but, left with no choice
      forced to, will be forced, terminate your, suspend your, stop supplying, stop deliveries, penalty, penalties`),
  },
  {
    rule: 'threat',
    why: 'It reads as if somebody else collected the debt (15 USC 1692j).',
    words:
      list(`our client, our clients, our principal, referred to us, passed to us, assigned to us, placed with us
      recovery department, recoveries department, recovery team, claims department`),
  },
  {
    rule: 'shame',
    why: 'Assume good intent: say what is open, not what the reader is like.',
    words:
      list(`disappointed, disappointing, shame, ashamed, shameful, embarrassing, irresponsible, dishonest, dishonour
      dishonor, excuse, excuses, you ignored, ignoring, ignored, your failure, you failed, failed to pay, failure to pay
      you have neglected, neglected, delinquent, delinquency, deadbeat, defaulter, bad payer, unacceptable, unwilling
      refuse to pay, refused to pay, broke your promise, dodging, avoiding us`),
  },
  {
    rule: 'promotion',
    why: 'A reminder sells nothing.',
    words:
      list(`special offer, offer ends, limited time, discount, on sale, buy now, act now, order now, exclusive deal
      new products, newsletter, free trial, promotion, promo code, voucher, refer a friend, upgrade`),
  },
  {
    rule: 'alarm',
    why: 'No alarm: a date says how soon.',
    words:
      list(`urgent, urgently, immediately, immediate payment, at once or, asap, last warning, final warning, warning
      demand, demands, demanded, last chance, final chance, time is running out, hours left, countdown, severe, serious`),
  },
];

/** Fine in a first note, out of place once there have been others (looks: mail). */
export const tooSoftLater: readonly string[] = ['friendly reminder', 'gentle reminder', 'just a reminder'];

/** Before the due date nothing is late (P28). */
export const lateWords: readonly string[] =
  list(`overdue, past due, late, lateness, arrears, outstanding, was due, were due, still open, unpaid
    reminder, reminders, final notice`);

/** A thank-you asks for nothing. */
export const asking: readonly string[] =
  list(`please pay, pay by, payment by, amount due, balance due, outstanding, overdue, past due, still open
    how to pay, view and pay, ways to pay`);
