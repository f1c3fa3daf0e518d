import { BoardroomError, type RoutineTriggerKind } from "@boardroom/contract";
import type { schema } from "@boardroom/db";
import type { ColumnValues } from "../column-values.ts";
import type { InputOf } from "../input.ts";
import { readSchedule } from "./cron.ts";
import { defaultReplayWindowSec } from "./limits.ts";

type Given = Omit<InputOf<"routineTriggers.update">, "id">;
type Columns = ColumnValues<typeof schema.routineTriggers>;

/** The settings of a new trigger, complete. @throws BoardroomError invalid_request for what its kind lacks or doesn't have */
export function newTriggerSettings(kind: RoutineTriggerKind, given: Given): Columns {
  const { label = null, enabled = true, cronExpression, timezone = "UTC", signingMode = "bearer" } = given;
  if (wrongFor(kind, given)) throw wrongKind(kind);
  if (kind === "schedule") {
    if (cronExpression === undefined) throw needed("cronExpression", "A schedule needs an expression of five fields.");
    return { kind, label, enabled, ...readSchedule(cronExpression, timezone) };
  }
  if (kind === "api") return { kind, label, enabled };
  const { replayWindowSec = defaultReplayWindowSec } = given;
  return { kind, label, enabled, signingMode, replayWindowSec };
}

/** What changes in a trigger whose kind only the statement knows, and the kind that the change is for, where it tells. */
export function changedTriggerSettings(given: Given): { values: Columns; kind: RoutineTriggerKind | null } {
  const { cronExpression, timezone } = given;
  const kind = isForSchedule(given) ? "schedule" : isForWebhook(given) ? "webhook" : null;
  if (kind === "schedule" && isForWebhook(given)) throw wrongKind(kind);
  // Whether it can be read doesn't hang on the zone, nor the zone on it.
  const schedule = kind === "schedule" ? readSchedule(cronExpression ?? "0 0 * * *", timezone ?? "UTC") : null;
  return {
    kind,
    values: {
      ...given,
      ...(schedule && cronExpression !== undefined && { cronExpression: schedule.cronExpression }),
    },
  };
}

const isForSchedule = ({ cronExpression, timezone }: Given) => cronExpression !== undefined || timezone !== undefined;
const isForWebhook = ({ signingMode, replayWindowSec }: Given) =>
  signingMode !== undefined || replayWindowSec !== undefined;
const wrongFor = (kind: RoutineTriggerKind, given: Given) =>
  (kind !== "schedule" && isForSchedule(given)) || (kind !== "webhook" && isForWebhook(given));

const wrongKind = (kind: RoutineTriggerKind) =>
  new BoardroomError(
    "invalid_request",
    kind === "api"
      ? "An API trigger has neither a schedule nor a signing mode."
      : "A schedule has an expression and a time zone, a webhook a signing mode and a window; no trigger has both.",
  );
const needed = (path: string, message: string) => new BoardroomError("invalid_request", message, [{ path, message }]);
