import { checkHealth } from "@boardroom/domain";
import type { HandlersOf } from "./handler.ts";

export const systemHandlers: HandlersOf<"system"> = {
  "system.health": checkHealth,
};
