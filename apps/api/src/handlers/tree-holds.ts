import { holdIssue, listHolds, previewHold, releaseHold } from "@boardroom/domain";
import type { HandlersOf } from "./handler.ts";

export const treeHoldHandlers: HandlersOf<"treeHolds"> = {
  "treeHolds.list": listHolds,
  "treeHolds.preview": previewHold,
  "treeHolds.create": holdIssue,
  "treeHolds.release": releaseHold,
};
