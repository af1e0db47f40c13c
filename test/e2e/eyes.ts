import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from 'playwright-core';

export const desk = { width: 1280, height: 860 };
const phone = { width: 390, height: 844 };

interface View {
  /** Also in dark colours. */
  readonly dark?: boolean;
  /** Also at the size of a phone. */
  readonly phone?: boolean;
}

/**
 * Looks at pages as a person and as a checker does: full-page pictures, serious faults of accessibility, pages wider
 * than the screen, and whatever the browser complains about. Faults are collected, so that one run shows them all.
 */
export class Eyes {
  readonly faults: string[] = [];
  readonly #page: Page;
  readonly #folder: string;
  #count = 0;

  /** `folder`: where the pictures go; each test file has its own, as it is emptied first. */
  constructor(context: BrowserContext, page: Page, folder = 'test/e2e/screenshots') {
    this.#page = page;
    this.#folder = path.resolve(folder);
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(this.#folder, { recursive: true });
    context.on('console', (message) => {
      // a page that answers 4xx on purpose is logged by the browser too; answers are watched below
      if (message.type() !== 'error' || message.text().startsWith('Failed to load resource: ')) return;
      this.faults.push(`console: ${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (error) => this.faults.push(`script: ${error.error().message}`));
    context.on('response', (response) => {
      const request = response.request();
      const isPage = request.isNavigationRequest() && request.frame().parentFrame() === null;
      if (response.status() >= (isPage ? 500 : 400))
        this.faults.push(`${response.status()}: ${request.method()} ${response.url()}`);
    });
  }

  /** A picture and nothing else. */
  async snap(name: string): Promise<void> {
    await this.#shoot(name, desk);
  }

  /** Looks at the page as it stands, under a name in words. */
  async look(name: string, view: View = {}): Promise<void> {
    this.#count += 1;
    const file = `${String(this.#count).padStart(2, '0')}-${name}`;
    await this.#shoot(file, desk);
    await this.#check(file);
    if (view.dark === true) {
      await this.#page.emulateMedia({ colorScheme: 'dark' });
      await this.#shoot(`${file}-dark`, desk);
      await this.#check(`${file} (dark)`, ['color-contrast']);
      await this.#page.emulateMedia({ colorScheme: 'light' });
    }
    if (view.phone === true) {
      await this.#shoot(`${file}-phone`, phone);
      await this.#fits(file);
    }
    await this.#page.setViewportSize(desk);
  }

  /** The whole page in a window as high as the page, so that bars stand where they belong and frames are loaded. */
  async #shoot(file: string, size: { width: number; height: number }): Promise<void> {
    const page = this.#page;
    await page.setViewportSize(size);
    const height = Math.max(
      size.height,
      Number(await page.evaluate('document.documentElement.scrollHeight')),
    );
    if (height > size.height) await page.setViewportSize({ width: size.width, height });
    await page.screenshot({ path: path.join(this.#folder, `${file}.png`) });
  }

  async #fits(file: string): Promise<void> {
    const wider = Number(await this.#page.evaluate('document.documentElement.scrollWidth - innerWidth'));
    if (wider > 0) this.faults.push(`${file}: ${wider} px wider than a phone`);
  }

  async #check(file: string, only?: string[]): Promise<void> {
    // the quick way puts itself into every frame, and waits long for those that load only when they are seen
    const axe = new AxeBuilder({ page: this.#page })
      .exclude('iframe')
      .options({ resultTypes: ['violations'] })
      .setLegacyMode(this.#page.frames().length === 1);
    const { violations } = await (only === undefined ? axe : axe.withRules(only)).analyze();
    for (const { id, impact, help, nodes } of violations)
      if (impact === 'serious' || impact === 'critical')
        this.faults.push(
          `${file}: ${id}, ${help}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
        );
  }
}
