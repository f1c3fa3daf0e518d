import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { OperationCall } from "@boardroom/contract";
import * as z from "zod";
import { type RunnerCalls, runnerCalls } from "../api/operations.ts";
import { writePrivateFile } from "../home/write-private-file.ts";

/** What a run has to tell: its end, and the steps of its workspace. */
export type Letter =
  | { operation: "runs.complete"; body: OperationCall<RunnerCalls["runs.complete"]>["body"] }
  | {
      operation: "executionWorkspaces.report";
      executionWorkspaceId: string;
      body: OperationCall<RunnerCalls["executionWorkspaces.report"]>["body"];
    };

const letter = z.discriminatedUnion("operation", [
  z.object({ operation: z.literal("runs.complete"), body: runnerCalls["runs.complete"].body }),
  z.object({
    operation: z.literal("executionWorkspaces.report"),
    executionWorkspaceId: z.string(),
    body: runnerCalls["executionWorkspaces.report"].body,
  }),
]);

/** Letters of runs on disk, each in the order in which it was written; there before anybody says that they were sent. */
export interface Outbox {
  /** On disk when this returns. */
  put(runId: string, letter: Letter): void;
  /** The oldest of a run. */
  peek(runId: string): { file: string; letter: Letter } | null;
  remove(runId: string, file: string): void;
  /** Forgets all of a run. */
  drop(runId: string): void;
  runs(): string[];
  /** Whether the end of a run waits here. */
  hasEnd(runId: string): boolean;
}

export function openOutbox(folder: string): Outbox {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const folderOf = (runId: string) => join(folder, runId);
  const filesOf = (runId: string) => listFolder(folderOf(runId)).filter((name) => name.endsWith(".json"));
  const read = (runId: string, file: string): Letter | null => {
    try {
      return letter.parse(JSON.parse(readFileSync(join(folderOf(runId), file), "utf8")));
    } catch {
      return null;
    }
  };
  const remove = (runId: string, file: string) => {
    rmSync(join(folderOf(runId), file), { force: true });
    if (filesOf(runId).length === 0) rmSync(folderOf(runId), { recursive: true, force: true });
  };
  return {
    put(runId, next) {
      const last = filesOf(runId).at(-1);
      const number = last === undefined ? 1 : Number.parseInt(last, 10) + 1;
      const name = `${String(number).padStart(6, "0")}-${next.operation}.json`;
      writePrivateFile(join(folderOf(runId), name), JSON.stringify(next));
    },
    peek(runId) {
      for (const file of filesOf(runId)) {
        const found = read(runId, file);
        if (found) return { file, letter: found };
        // Damaged by a broken disk: nobody can send it.
        remove(runId, file);
      }
      return null;
    },
    remove,
    drop: (runId) => rmSync(folderOf(runId), { recursive: true, force: true }),
    runs: () => listFolder(folder).filter((runId) => filesOf(runId).length > 0),
    hasEnd: (runId) => filesOf(runId).some((name) => name.endsWith("-runs.complete.json")),
  };
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
