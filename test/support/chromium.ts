import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

/**
 * A real Chromium out of an npm package, unpacked once into the temporary folder: no system package is needed. Of the
 * package's own switches only those are taken that a machine without sandbox or graphics needs; the ones that switch
 * the web's security off would hide what this product is tested for.
 */
export async function launchChromium(): Promise<Browser> {
  const executablePath = await chromium.executablePath();
  const fonts = existsSync('/etc/fonts/fonts.conf')
    ? {}
    : { FONTCONFIG_PATH: path.join(os.tmpdir(), 'fonts') };
  return await playwright.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--no-zygote',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--font-render-hinting=none',
    ],
    env: { ...(process.env as Record<string, string>), ...fonts },
  });
}
