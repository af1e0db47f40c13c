/** The sandbox as a process: prints one line with its address, ends with its parent or on a signal. */
import { BookFileError } from './books/csv.ts';
import { readSandboxConfig, SandboxConfigError } from './config.ts';
import { buildSandbox } from './server.ts';
import { StoreInUseError } from './store.ts';

async function main(): Promise<void> {
  const config = readSandboxConfig(process.env);
  const { app } = await buildSandbox(config);
  const url = await app.listen({ host: config.host, port: config.port });
  if (config.port === 0 && !process.env.SANDBOX_PUBLIC_URL) {
    config.publicUrl = `http://localhost:${new URL(url).port}`;
  }
  const end = () => {
    app.close().finally(() => process.exit(0));
    // an open keep-alive connection must not keep a dead sandbox alive
    setTimeout(() => process.exit(0), 2000).unref();
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.once('disconnect', end);
  process.stdout.write(`${JSON.stringify({ sandbox: url })}\n`);
  process.send?.({ ready: url });
}

main().catch((error: unknown) => {
  // what the person who starts it can mend is said in words, anything else with its trace
  const known = [SandboxConfigError, BookFileError, StoreInUseError].some((kind) => error instanceof kind);
  const words = known ? (error as Error).message : String((error as Error).stack ?? error);
  process.stderr.write(`${words}\n`);
  process.exit(1);
});
