import {
  createRoutine,
  createRoutineTrigger,
  deleteRoutineTrigger,
  getRoutine,
  listRoutineRevisions,
  listRoutineRuns,
  listRoutines,
  previewRoutine,
  restoreRoutineRevision,
  rotateTriggerSecret,
  runRoutine,
  updateRoutine,
  updateRoutineTrigger,
} from "@boardroom/domain";
import type { HandlersOf } from "./handler.ts";

export const routineHandlers: HandlersOf<"routines" | "routineTriggers"> = {
  "routines.list": listRoutines,
  "routines.create": createRoutine,
  "routines.preview": previewRoutine,
  "routines.get": getRoutine,
  "routines.update": updateRoutine,
  "routines.runs": listRoutineRuns,
  "routines.run": runRoutine,
  "routines.revisions": listRoutineRevisions,
  "routines.restoreRevision": restoreRoutineRevision,
  "routines.createTrigger": createRoutineTrigger,
  "routineTriggers.update": updateRoutineTrigger,
  "routineTriggers.delete": deleteRoutineTrigger,
  "routineTriggers.rotateSecret": rotateTriggerSecret,
};
