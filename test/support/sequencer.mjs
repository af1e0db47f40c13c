import TestSequencer from '@jest/test-sequencer';

/** The longest first, so that no worker is left alone with one of them at the end. */
const longest = [
  'blackbox/real-book',
  'e2e/journey',
  'blackbox/two-years',
  'blackbox/main-job',
  'test/dunning/dry-run-book',
  'test/dunning/simulation',
  'e2e/',
  'blackbox/',
];

function rank({ path }) {
  const found = longest.findIndex((part) => path.includes(part));
  return found < 0 ? longest.length : found;
}

export default class LongestFirst extends TestSequencer {
  sort(tests) {
    return [...tests].sort((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path));
  }
}
