import type { LawRule } from './law.ts';

/** A warning, with where it stands, for whoever decides. */
export function warningWords({ words, source }: Pick<LawRule, 'words' | 'source'>): string {
  return `${words} (${source})`;
}
