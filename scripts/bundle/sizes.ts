import { globSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;

/** What a file weighs over the wire. */
function gzipBytes(file: string): number {
  return gzipSync(readFileSync(file), { level: 9 }).length;
}

export interface Sizes {
  workerGzipBytes: number;
  /** All scripts of the board together; a page loads a part of them. */
  boardScriptsGzipBytes: number;
}

export function readSizes(): Sizes {
  const scripts = globSync("apps/web/build/client/assets/*.js");
  return {
    workerGzipBytes: gzipBytes("dist/worker/index.js"),
    boardScriptsGzipBytes: scripts.reduce((sum, file) => sum + gzipBytes(file), 0),
  };
}

export function printSizes(): void {
  const { workerGzipBytes, boardScriptsGzipBytes } = readSizes();
  console.log(
    `Worker ${kilobytes(workerGzipBytes)} gz, all scripts of the board ${kilobytes(boardScriptsGzipBytes)} gz`,
  );
}
