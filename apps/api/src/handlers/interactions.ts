import {
  acceptInteraction,
  cancelInteraction,
  createInteraction,
  listCompanyInteractions,
  listInteractions,
  rejectInteraction,
} from "@boardroom/domain";
import type { HandlersOf } from "./handler.ts";

export const interactionHandlers: HandlersOf<"interactions"> = {
  "interactions.inCompany": listCompanyInteractions,
  "interactions.list": listInteractions,
  "interactions.create": createInteraction,
  "interactions.accept": acceptInteraction,
  "interactions.reject": rejectInteraction,
  "interactions.cancel": cancelInteraction,
};
