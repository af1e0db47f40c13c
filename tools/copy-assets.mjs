/** After `tsc`: puts what is not TypeScript beside the compiled files. Migrations are read from the repository root. */
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';

const from = 'src/web/assets';
const to = 'dist/src/web/assets';
mkdirSync(to, { recursive: true });
for (const name of readdirSync(from)) {
  // app.css is compiled into the same folder by `npm run build:css`
  if (name !== 'app.css') cpSync(path.join(from, name), path.join(to, name), { recursive: true });
}
