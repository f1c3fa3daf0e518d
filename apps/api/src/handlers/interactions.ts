import {
  acceptInteraction,
  cancelInteraction,
  createInteraction,
  listInteractions,
  rejectInteraction,
} from "@boardroom/domain";
import type { HandlersOf } from "./handler.ts";

export const interactionHandlers: HandlersOf<"interactions"> = {
  "interactions.list": listInteractions,
  "interactions.create": createInteraction,
  "interactions.accept": acceptInteraction,
  "interactions.reject": rejectInteraction,
  "interactions.cancel": cancelInteraction,
};
