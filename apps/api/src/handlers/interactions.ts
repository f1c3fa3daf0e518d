import {
  acceptInteraction,
  cancelInteraction,
  createInteraction,
  listCompanyInteractions,
  listInteractions,
  rejectInteraction,
  respondInteraction,
} from "@boardroom/domain";
import type { HandlersOf } from "./handler.ts";

export const interactionHandlers: HandlersOf<"interactions"> = {
  "interactions.inCompany": listCompanyInteractions,
  "interactions.list": listInteractions,
  "interactions.create": createInteraction,
  "interactions.accept": acceptInteraction,
  "interactions.reject": rejectInteraction,
  "interactions.respond": respondInteraction,
  "interactions.cancel": cancelInteraction,
};
