import { expect, test } from '@jest/globals';
import { ahead } from '../../src/platform/ahead.ts';

/** Numbers from 1, with a list of what was asked for; the one named fails. */
function source(last: number, faulty = 0) {
  const log: string[] = [];
  async function* numbers(): AsyncGenerator<number> {
    try {
      for (let number = 1; number <= last; number += 1) {
        log.push(`asked ${number}`);
        if (number === faulty) throw new Error(`no ${number}`);
        yield number;
      }
    } finally {
      log.push('closed');
    }
  }
  return { log, pages: ahead(numbers()) };
}

test('the next one is asked for when told to, and never more than one', async () => {
  const { log, pages } = source(3);
  for await (const number of pages) {
    pages.prepare();
    pages.prepare();
    await new Promise((resolve) => setImmediate(resolve));
    log.push(`used ${number}`);
  }
  expect(log).toEqual(['asked 1', 'asked 2', 'used 1', 'asked 3', 'used 2', 'closed', 'used 3']);
});

test('without being told it reads one by one', async () => {
  const { log, pages } = source(2);
  for await (const number of pages) log.push(`used ${number}`);
  expect(log).toEqual(['asked 1', 'used 1', 'asked 2', 'used 2', 'closed']);
});

test('what fails ahead is thrown in its turn, after the present one was used', async () => {
  const { log, pages } = source(3, 2);
  const reading = async (): Promise<void> => {
    for await (const number of pages) {
      pages.prepare();
      await new Promise((resolve) => setTimeout(resolve, 5));
      log.push(`used ${number}`);
    }
  };
  await expect(reading()).rejects.toThrow('no 2');
  expect(log).toEqual(['asked 1', 'asked 2', 'closed', 'used 1']);
});

test('a user who stops leaves nothing open, also when what was prepared fails', async () => {
  for (const faulty of [0, 2]) {
    const { log, pages } = source(3, faulty);
    const reading = async (): Promise<void> => {
      for await (const _ of pages) {
        pages.prepare();
        throw new Error('the database is gone');
      }
    };
    await expect(reading()).rejects.toThrow('the database is gone');
    expect(log).toEqual(['asked 1', 'asked 2', 'closed']);
  }
});
