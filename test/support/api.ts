import type { World } from './world.ts';

/** Our own JSON interface, as an operator's program uses it, for one company. */
export class Api {
  readonly #base: string;
  readonly #key: string;

  private constructor(base: string, key: string) {
    this.#base = base;
    this.#key = key;
  }

  static async of(world: World, companyId: string): Promise<Api> {
    return new Api(`${world.duly}/api/v1/companies/${companyId}`, await world.apiKey(companyId));
  }

  async call<T>(method: string, address: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.#base}${address}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${address}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  get<T>(address: string): Promise<T> {
    return this.call<T>('GET', address);
  }
}
