import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { unpackChromium } from "./unpack-chromium.ts";

/** How the browser is started. */
export interface FoundChromium {
  executablePath: string;
  env: Record<string, string>;
}

const run = promisify(execFile);

/** The browser of `CHROME_PATH`, else the one from npm; tried, so that what is missing is said in a sentence. */
export async function findChromium(): Promise<FoundChromium> {
  const chosen = process.env.CHROME_PATH;
  if (chosen) {
    if (!existsSync(chosen)) throw new Error(`CHROME_PATH names ${chosen}, which is not there.`);
    const problem = await tryStart(chosen, {});
    if (problem) throw new Error(`The browser that CHROME_PATH names, ${chosen}, does not start: ${problem}`);
    return { executablePath: chosen, env: {} };
  }
  try {
    return await findOwn();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${reason}. Set CHROME_PATH to a Chrome or Chromium of this machine.`);
  }
}

async function findOwn(): Promise<FoundChromium> {
  const { executablePath, libraryPath, fontsPath } = await unpackChromium();
  const fonts = { FONTCONFIG_PATH: fontsPath };
  // The machine's own libraries fit it best; the package brings the few that a bare machine lacks.
  const tries = [fonts, { ...fonts, LD_LIBRARY_PATH: libraryPath }];
  let problem = "";
  for (const env of tries) {
    const answer = await tryStart(executablePath, env);
    if (answer === null) return { executablePath, env };
    problem = answer;
  }
  throw new Error(`The browser from npm does not start: ${problem}`);
}

/** Null when it starts, else the first line that says why not. */
async function tryStart(executablePath: string, env: Record<string, string>): Promise<string | null> {
  try {
    await run(executablePath, ["--version"], { env: { ...process.env, ...env }, timeout: 20_000 });
    return null;
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    return (said || String(error)).split("\n", 1)[0] ?? "unknown";
  }
}
