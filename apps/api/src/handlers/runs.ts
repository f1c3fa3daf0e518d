import {
  addRunEvents,
  cancelRun,
  completeRun,
  getRun,
  listLiveRuns,
  listRunEvents,
  listRunIssues,
  listRuns,
  readLineage,
  renewRun,
} from "@boardroom/domain";
import type { HandlersOf } from "./handler.ts";

export const runHandlers: HandlersOf<"runs"> = {
  "runs.list": listRuns,
  "runs.live": listLiveRuns,
  "runs.get": getRun,
  "runs.events": listRunEvents,
  "runs.addEvents": addRunEvents,
  "runs.issues": listRunIssues,
  "runs.lineage": readLineage,
  "runs.cancel": cancelRun,
  "runs.renew": renewRun,
  "runs.complete": completeRun,
};
