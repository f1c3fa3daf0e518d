import {
  createPushSubscription,
  deletePushSubscription,
  listDecisionPolicies,
  listDecisions,
  listPushSubscriptions,
  preferNotifications,
  readPreferences,
  setDecisionPolicy,
  snoozeDecision,
} from "@boardroom/domain";
import type { HandlersOf } from "./handler.ts";

export const decisionHandlers: HandlersOf<"decisions" | "decisionPolicies" | "notifications" | "pushSubscriptions"> = {
  "decisions.list": listDecisions,
  "decisions.snooze": snoozeDecision,
  "decisionPolicies.list": listDecisionPolicies,
  "decisionPolicies.set": setDecisionPolicy,
  "notifications.preferences": readPreferences,
  "notifications.prefer": preferNotifications,
  "pushSubscriptions.list": listPushSubscriptions,
  "pushSubscriptions.create": createPushSubscription,
  "pushSubscriptions.delete": deletePushSubscription,
};
