import { type Tenant, word } from "../tenant.ts";
import type { ExamplesOf } from "./example.ts";

const ofIssue = (t: Tenant) => ({ params: { id: t.ids.issue } });
const freshIssue = (t: Tenant) => t.board.call("issues.create", { params: { cid: t.cid }, body: { title: word() } });

export const treeHoldExamples: ExamplesOf<"treeHolds"> = {
  "treeHolds.list": ofIssue,
  "treeHolds.preview": ofIssue,
  "treeHolds.create": async (t) => ({
    params: { id: (await freshIssue(t)).id },
    body: { mode: "pause", reason: word() },
  }),
  "treeHolds.release": async (t) => {
    const { id } = await freshIssue(t);
    const hold = await t.board.call("treeHolds.create", { params: { id }, body: { mode: "cancel" } });
    return { params: { id, hid: hold.id }, body: { note: word() } };
  },
};
