import { existsSync } from "node:fs";
import { buildBoard } from "./bundle/build-board.ts";
import { whileBuilding } from "./bundle/build-lock.ts";
import { buildWorker } from "./bundle/build-worker.ts";
import { boardInputs, hashFiles, workerInputs } from "./bundle/inputs.ts";
import { BuildFailed } from "./bundle/run-tool.ts";
import { printSizes } from "./bundle/sizes.ts";
import { readStamp, writeStamp } from "./bundle/stamp.ts";

/** Builds the board and the Worker, each only when its sources changed since the last build. */
async function build(): Promise<boolean> {
  let isBuilt = false;
  const board = hashFiles(boardInputs);
  if (readStamp("board") !== board || !existsSync("apps/web/build/server/index.js")) {
    await buildBoard();
    writeStamp("board", board);
    isBuilt = true;
  }
  const worker = hashFiles(workerInputs);
  if (readStamp("worker") !== worker || !existsSync("dist/worker/index.js") || isBuilt) {
    await buildWorker();
    writeStamp("worker", worker);
    isBuilt = true;
  }
  return isBuilt;
}

try {
  const isBuilt = await whileBuilding(build);
  if (isBuilt || process.argv.includes("--sizes")) printSizes();
} catch (error) {
  if (!(error instanceof BuildFailed)) throw error;
  console.error(error.message);
  process.exit(1);
}
