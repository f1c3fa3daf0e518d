import { resolve } from "node:path";
import { runTool } from "./run-tool.ts";

/** Builds the board's browser files and its server part into apps/web/build. */
export async function buildBoard(): Promise<void> {
  await runTool("Building the board", resolve("node_modules/@remix-run/dev/dist/cli.js"), ["vite:build"], "apps/web");
}
