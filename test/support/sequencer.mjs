import TestSequencer from '@jest/test-sequencer';

/** The longest first, so that no worker is left alone with one of them at the end. */
const longest = ['e2e/', 'blackbox/real-book', 'blackbox/main-job', 'blackbox/', 'test/dunning/simulation'];

function rank({ path }) {
  const found = longest.findIndex((part) => path.includes(part));
  return found < 0 ? longest.length : found;
}

export default class LongestFirst extends TestSequencer {
  sort(tests) {
    return [...tests].sort((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path));
  }
}
