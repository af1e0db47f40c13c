import type { CallNews } from '../ports/call-gate.ts';

/** Calls of this process since its start, by vendor, kind and what came of them: for /metrics. */
const counts = new Map<string, CallCount>();

export interface CallCount {
  readonly provider: string;
  readonly kind: 'read' | 'write';
  readonly outcome: 'answered' | 'limited' | 'no_answer';
  readonly calls: number;
}

export function countCall(provider: string, kind: 'read' | 'write', news: CallNews | null): void {
  const outcome = news === null ? 'no_answer' : news.refused === null ? 'answered' : 'limited';
  const key = `${provider} ${kind} ${outcome}`;
  counts.set(key, { provider, kind, outcome, calls: (counts.get(key)?.calls ?? 0) + 1 });
}

export function callCounts(): readonly CallCount[] {
  return [...counts.values()];
}
