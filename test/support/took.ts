/**
 * How long work takes, so that a bound on it says something of the work and nothing of what else the machine does: the
 * processor's time, not the wall's, and the quickest of several tries.
 */

/** Milliseconds of processor time of this process in the quickest of `tries`. For work without I/O. */
export async function cpuMs(tries: number, work: () => unknown): Promise<number> {
  const took: number[] = [];
  for (let left = tries; left > 0; left -= 1) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    took.push((user + system) / 1_000);
  }
  return Math.min(...took);
}

/**
 * How many times as long as `beside` the `work` takes, each in its quickest of `tries`, by the clock on the wall, in
 * turn: for work that other processes share in, beside something of the same kind.
 */
export async function ratio(
  tries: number,
  work: () => Promise<unknown>,
  beside: () => Promise<unknown>,
): Promise<number> {
  const took: { work: number; beside: number }[] = [];
  for (let left = tries; left > 0; left -= 1)
    took.push({ work: await wallMs(work), beside: await wallMs(beside) });
  return Math.min(...took.map((one) => one.work)) / Math.min(...took.map((one) => one.beside));
}

async function wallMs(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** The least that `measure` says, in milliseconds, in as many tries as it takes to be below the bound, three at most. */
export async function least(below: number, measure: () => Promise<number>): Promise<number> {
  let found = await measure();
  for (let left = 2; left > 0 && found >= below; left -= 1) found = Math.min(found, await measure());
  return found;
}
