import { readFileSync } from "node:fs";
import { readStartTime } from "../../src/processes/start-time.ts";
import { waitFor } from "./wait-for.ts";

/** The processes that a script wrote down, once there are so many. */
export const readPids = (file: string, count = 1): Promise<number[]> =>
  waitFor("the script to start", () => {
    try {
      const pids = readFileSync(file, "utf8").trim().split("\n").map(Number);
      return pids.length >= count && pids;
    } catch {
      return null;
    }
  });

export const livingOf = (pids: readonly number[]): number[] => pids.filter((pid) => readStartTime(pid) !== null);
