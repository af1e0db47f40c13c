import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from '@jest/globals';
import type { Json } from './intuit-support.ts';

interface Rung {
  readonly headers: Record<string, unknown>;
  readonly body: string;
}

/** Stands in for Duly's webhook address: keeps what came, and answers as it is told. */
export class Receiver {
  readonly rung: Rung[] = [];
  /** The next answers; when none is left, 200. */
  answers: number[] = [];
  /** So many calls are never answered. */
  hangs = 0;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        this.rung.push({ headers: request.headers, body });
        if (this.hangs-- > 0) return;
        response.writeHead(this.answers.shift() ?? 200).end();
      });
    });
  }

  static async open(): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((resolve) => receiver.server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get events(): Json[] {
    return this.rung.flatMap((one) => JSON.parse(one.body) as Json[]);
  }

  /** `type id` of every event so far. */
  get kinds(): string[] {
    return this.events.map((one) => `${one.type} ${one.intuitentityid}`);
  }

  /** Waits until it was rung so often. */
  async rings(times: number): Promise<void> {
    for (let waited = 0; this.rung.length < times && waited < 5000; waited += 20) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(this.rung).toHaveLength(times);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
