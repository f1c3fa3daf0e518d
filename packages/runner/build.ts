import { chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

/** Bundles the runner into two files that need nothing but Node: the program, and the thread that keeps leases. */
export async function bundleRunner(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const source = (name: string) => join(import.meta.dirname, "src", name);
  await build({
    entryPoints: { "boardroom-runner": source("main.ts"), "lease-thread": source("lease/lease-thread.ts") },
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    chunkNames: "shared-[hash]",
    bundle: true,
    splitting: true,
    minify: true,
    platform: "node",
    target: "node22",
    format: "esm",
    // For ws, which is CommonJS and requires parts of Node.
    banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
    legalComments: "none",
    logLevel: "error",
  });
  chmodSync(join(folder, "boardroom-runner.mjs"), 0o755);
}

if (import.meta.main) await bundleRunner(join(import.meta.dirname, "dist"));
