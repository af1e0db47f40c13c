import type { Reason } from '../domain/reason.ts';
import type { Basis } from './decide.ts';
import type { Verdict } from './plan.ts';

/** A question that the decision answers, in the order in which it is asked. */
export const questions = ['figures', 'holds', 'policy', 'step', 'conditions', 'law', 'time'] as const;
export type Question = (typeof questions)[number];

/** One branch of the tree: the question, what it was answered by, and whether that settled the matter. */
export interface Branch {
  readonly question: Question;
  /** For people, as a question. */
  readonly words: string;
  readonly answers: readonly Reason[];
  /** This is where the decision was made: what follows was not asked any more, or only set the time. */
  readonly settles: boolean;
  /** It was not asked any more: the matter was settled before. */
  readonly skipped: boolean;
}

export interface ToExplain {
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
  /** Of before it was kept with decisions: only the version of the policy. */
  readonly basis: Partial<Basis>;
  /** How people call what the basis names by key; what is not in it keeps its key. */
  readonly names?: BasisNames;
}

/** Names by key, of the version of the policy that the decision used. */
export interface BasisNames {
  readonly segments: ReadonlyMap<string, string>;
  readonly sequences: ReadonlyMap<string, string>;
  /** Of all sequences; a step of the same key in two of them means the same stage. */
  readonly steps: ReadonlyMap<string, string>;
  readonly packs: ReadonlyMap<string, string>;
}

const asked: Readonly<Record<Question, { readonly words: string; readonly none: string }>> = {
  figures: { words: 'What is owed?', none: 'No figures were kept with this decision.' },
  holds: { words: 'Does anything hold them?', none: 'Nothing holds this customer.' },
  policy: { words: 'Which policy is theirs?', none: 'The company’s policy.' },
  step: { words: 'Which step is next?', none: 'No step was looked for.' },
  conditions: { words: 'Do the step’s conditions fit?', none: 'No condition stands against it.' },
  law: { words: 'Does the law allow it?', none: 'No rule of law stands against it.' },
  time: { words: 'When may it leave?', none: 'No gap, rest, cap or window puts it off.' },
};

/** Rules by the question that they answer; what is not named here answers by its first letters. */
const byRule: Readonly<Record<string, Question>> = {
  R1: 'figures',
  R2: 'figures',
  R3: 'figures',
  R5: 'time',
  S1: 'step',
  S2: 'step',
  S3: 'time',
  S4: 'time',
  S6: 'policy',
  S7: 'step',
  D11: 'policy',
  P9: 'time',
  'IDM-15': 'step',
  'TOL-01': 'conditions',
  'TOL-02': 'conditions',
  'SEQ-07': 'step',
  'SEQ-08': 'step',
  'SEQ-12': 'time',
  'SEQ-13': 'time',
  'SEQ-15': 'policy',
  'SEQ-16': 'policy',
  'SEQ-17': 'policy',
  'SEQ-20': 'time',
  'SEQ-21': 'policy',
  'SEQ-22': 'policy',
  'SEQ-23': 'time',
};

/**
 * A decision as the tree of questions it went through, in words: figures, holds, policy, step, conditions, law, time.
 * Every question is answered, by its rule or by saying that nothing stood against it. Pure.
 */
export function explainDecision({ verdict, reasons, basis, names }: ToExplain): readonly Branch[] {
  const answersOf = Map.groupBy(reasons, (reason) => questionOf(reason, verdict));
  const settled = settledBy(verdict, reasons);
  const last = settled === null || verdict === 'wait' ? questions.length : questions.indexOf(settled);
  return questions.map((question, index) => {
    const own = answersOf.get(question) ?? [];
    const answers = question === 'policy' ? [...basisInWords(basis, names), ...own] : own;
    const none = index > last ? 'Not asked any more.' : asked[question].none;
    return {
      question,
      words: asked[question].words,
      answers: answers.length > 0 ? answers : [{ rule: '', words: none }],
      settles: question === settled,
      skipped: index > last && answers.length === 0,
    };
  });
}

function questionOf({ rule }: Reason, verdict: Verdict): Question {
  if (rule.startsWith('LAW')) return 'law';
  const known = byRule[rule];
  if (known !== undefined) return known;
  // what a plan or a promise brings about is a step; what it keeps from being said, a hold
  if (rule === 'R11' && (verdict === 'touch' || verdict === 'wait')) return 'step';
  if (/^[RS]\d/.test(rule)) return 'holds';
  if (rule.startsWith('P')) return 'conditions';
  return verdict === 'held' ? 'holds' : 'conditions';
}

/** The question at which a decision not to write was made; null: it went through all of them. */
function settledBy(verdict: Verdict, reasons: readonly Reason[]): Question | null {
  if (verdict === 'touch') return null;
  // with nothing that puts it off, it is the day of the step itself that has not come
  if (verdict === 'wait')
    return reasons.some((reason) => questionOf(reason, verdict) === 'time') ? 'time' : 'step';
  const [first] = reasons.filter((reason) => reason.rule !== 'R2');
  return first === undefined ? 'figures' : questionOf(first, verdict);
}

function basisInWords(basis: Partial<Basis>, names?: BasisNames): readonly Reason[] {
  const { policyVersion, customerVersion, segment, sequence, packs } = basis;
  const own =
    customerVersion == null ? '' : `, with the customer’s own settings (version ${customerVersion})`;
  const line = (words: string): Reason => ({ rule: '', words });
  return [
    ...(policyVersion === undefined ? [] : [line(`Version ${policyVersion} of the policy${own}.`)]),
    ...(segment === undefined
      ? []
      : [
          line(
            segment === null
              ? 'In no segment.'
              : `In the segment “${names?.segments.get(segment) ?? segment}”.`,
          ),
        ]),
    ...(sequence === undefined
      ? []
      : [
          line(
            sequence === null
              ? 'No sequence: nothing is sent.'
              : `The sequence “${names?.sequences.get(sequence) ?? sequence}”.`,
          ),
        ]),
    ...(packs === undefined || packs.length === 0
      ? []
      : [
          line(
            `Law: ${packs.map((key) => names?.packs.get(key) ?? key).join(', ')}; the strictest rule holds.`,
          ),
        ]),
  ];
}
