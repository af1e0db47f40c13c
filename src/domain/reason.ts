/** Why something was decided: the rule's id (design sections 4 and 5) and one sentence with the figures used. */
export interface Reason {
  readonly rule: string;
  readonly words: string;
  /** Where a rule of law stands: statute, regulation or guideline. */
  readonly source?: string;
}
