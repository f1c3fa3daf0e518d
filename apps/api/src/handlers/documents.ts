import {
  deleteDocument,
  getDocument,
  getDocumentRevision,
  listDocumentRevisions,
  listDocuments,
  putDocument,
  restoreDocument,
} from "@boardroom/domain";
import type { HandlersOf } from "./handler.ts";

export const documentHandlers: HandlersOf<"documents"> = {
  "documents.list": listDocuments,
  "documents.get": getDocument,
  "documents.put": putDocument,
  "documents.delete": deleteDocument,
  "documents.revisions": listDocumentRevisions,
  "documents.getRevision": getDocumentRevision,
  "documents.restore": restoreDocument,
};
