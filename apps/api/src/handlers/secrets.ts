import {
  adoptSecret,
  createSecret,
  deleteSecret,
  getSecret,
  listAccessEvents,
  listSecrets,
  listSecretUsage,
  rotateSecret,
  updateSecret,
} from "@boardroom/domain";
import type { HandlersOf } from "./handler.ts";

export const secretHandlers: HandlersOf<"secrets"> = {
  "secrets.list": listSecrets,
  "secrets.create": createSecret,
  "secrets.get": getSecret,
  "secrets.update": updateSecret,
  "secrets.delete": deleteSecret,
  "secrets.rotate": rotateSecret,
  "secrets.usage": listSecretUsage,
  "secrets.accessEvents": listAccessEvents,
  "secrets.adopt": adoptSecret,
};
