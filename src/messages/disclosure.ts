import type { Law } from '../policies/law/law.ts';
import type { Channel } from '../policies/step.ts';
import { oneLine } from './plain.ts';

export interface DisclosureFacts {
  readonly channel: Channel;
  readonly style: 'own' | 'service';
  readonly legalName: string;
  readonly postalAddress: string;
  readonly serviceName: string;
  readonly contact: string;
}

/**
 * The sentences of the debtor's law that stand in the small print, filled in. What every layout says by itself (the
 * creditor's name and address, how to object, whom to ask, who the service is) is left out here: the tone check
 * demands it of every message. How to stop e-mails is taken in the law's strictest words; interest is never named
 * here.
 */
export function requiredWords(
  law: Law,
  facts: DisclosureFacts,
): { readonly stop: string | null; readonly others: readonly string[] } {
  const said = law.disclosures
    .filter(({ when }) => when === 'always')
    .map(({ part, words }) => ({ part, words: oneLine(filled(words, facts)) }));
  const stops = said.filter(({ part }) => part === 'stop').map(({ words }) => words);
  const byMail = facts.channel === 'email' || facts.channel === 'statement';
  return {
    stop: byMail ? (stops.toSorted((a, b) => b.length - a.length)[0] ?? null) : null,
    others: [
      ...new Set(
        said.filter(({ part }) => part === 'acting_for' && facts.style === 'own').map(({ words }) => words),
      ),
    ],
  };
}

function filled(words: string, facts: DisclosureFacts): string {
  const values: Readonly<Record<string, string>> = {
    creditor: facts.legalName,
    address: facts.postalAddress,
    service: facts.serviceName,
    contact: facts.contact,
  };
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
