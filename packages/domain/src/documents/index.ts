export * from "./delete-document.ts";
export * from "./get-document.ts";
export * from "./get-document-revision.ts";
export * from "./list-document-revisions.ts";
export * from "./list-documents.ts";
export * from "./put-document.ts";
export * from "./restore-document.ts";
