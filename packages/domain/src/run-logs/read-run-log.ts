import type { RunLogPage } from "@boardroom/contract";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { readable, readLogPages } from "./read-log-pages.ts";

/** A piece of what a run wrote, wherever it is stored. */
export async function readRunLog(ctx: Ctx, { id, offset, limitBytes }: InputOf<"runLogs.read">): Promise<RunLogPage> {
  const { db } = ctx;
  const [page] = await readLogPages({ db, objects: ctx.ports.objects }, [{ runId: id, offset, limitBytes }]);
  return readable(page);
}
