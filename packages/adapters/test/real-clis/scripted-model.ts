import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunJob } from "@boardroom/contract";
import { type ModelServer, type ModelTurn, startModelServer } from "@boardroom/testing/model-server";
import { afterAll, beforeAll } from "vitest";

export interface ScriptedModel {
  readonly url: string;
  /** A home for the program's own files. */
  readonly home: string;
  /** It answers with these, one after the other; side questions, which have no tools, with a word. */
  say(...turns: ModelTurn[]): void;
  /** It refuses each question. */
  refuse(error: NonNullable<ModelTurn["error"]>): void;
  /** All that the model was told since it was last told what to say. */
  heard(): string;
}

/** A model for the real CLIs of a test file, and a home of their own. Call it once at the top. */
export function useScriptedModel(): ScriptedModel {
  let model: ModelServer | undefined;
  let home = "";
  const started = () => {
    if (!model) throw new Error("The model runs only within tests");
    return model;
  };
  beforeAll(async () => {
    model = await startModelServer(() => ({ text: "Nothing to say." }));
    home = await realpath(await mkdtemp(join(tmpdir(), "boardroom-home-")));
  });
  afterAll(async () => {
    await model?.stop();
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });
  return {
    get url() {
      return started().url;
    },
    get home() {
      return home;
    },
    say(...turns) {
      let next = 0;
      started().conversations.length = 0;
      started().play(({ tools }) => {
        if (tools.length === 0) return { text: "ok" };
        next += 1;
        return turns[next - 1] ?? { text: "There is no more." };
      });
    },
    refuse: (error) => started().play(() => ({ error })),
    heard: () =>
      started()
        .conversations.map(({ text }) => text)
        .join("\n"),
  };
}

export const skills: RunJob["skills"] = [
  {
    key: "roofing",
    files: [{ path: "SKILL.md", content: "---\nname: roofing\ndescription: Mends roofs of slate\n---\nUse slate." }],
  },
];
