import { deleteAttachment, listAttachments } from "@boardroom/domain";
import type { HandlersOf } from "./handler.ts";

export const attachmentHandlers: HandlersOf<"attachments"> = {
  "attachments.list": listAttachments,
  "attachments.delete": deleteAttachment,
};
