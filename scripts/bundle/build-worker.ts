import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { runTool } from "./run-tool.ts";

/** Bundles the Worker into dist/worker with the very tool and settings that deploy it. */
export async function buildWorker(): Promise<void> {
  const folder = `dist/worker-${process.pid}`;
  const wrangler = "node_modules/wrangler/bin/wrangler.js";
  try {
    await runTool("Bundling the Worker", wrangler, ["deploy", "--dry-run", "--outdir", folder]);
    // Moved into place whole, so that nobody starts half a bundle.
    mkdirSync("dist/worker", { recursive: true });
    const texts = readdirSync(folder).filter(isText);
    for (const file of [...texts, "index.js.map", "index.js"]) renameSync(`${folder}/${file}`, `dist/worker/${file}`);
    for (const file of readdirSync("dist/worker").filter(isText)) {
      if (!texts.includes(file)) rmSync(`dist/worker/${file}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the Worker imports as text; wrangler puts a README of its own beside it. */
const isText = (file: string) => file.endsWith(".md") && file !== "README.md";
