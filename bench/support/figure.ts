/** What a bench found, and which of its thresholds that misses. */
export interface Figure {
  readonly result: object;
  /** For a person; one line each. */
  readonly lines: readonly string[];
  /** In words; empty: all met. */
  readonly missed: readonly string[];
}

/** Prints a figure, as one JSON object or for a person. Returns whether it meets its thresholds. */
export function say({ result, lines, missed }: Figure, json: boolean): boolean {
  if (json) console.log(JSON.stringify(result));
  else for (const line of lines) console.log(line);
  for (const threshold of missed) console.error(`missed: ${threshold}`);
  return missed.length === 0;
}
