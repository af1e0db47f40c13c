import { jest } from '@jest/globals';

// how long to wait for what hangs; what may take how long is for tests to say
jest.setTimeout(180_000);

// Fastify looks for a plugin's name in `require.cache`, which jest makes anew for each of our routes' plugins: seconds
// for each server that a test builds. A name that is said is not looked for.
const said = Symbol.for('fastify.display-name');
Object.defineProperty(Function.prototype, said, {
  configurable: true,
  get(this: { readonly name: string }) {
    return this.name || 'plugin';
  },
  set(this: object, value: unknown) {
    Object.defineProperty(this, said, { configurable: true, writable: true, value });
  },
});
