export * from "./delete-attachment.ts";
export * from "./list-attachments.ts";
export * from "./open-attachment.ts";
export * from "./remove-object.ts";
export * from "./upload-attachment.ts";
