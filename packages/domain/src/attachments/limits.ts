/** So many files on one issue. */
export const attachmentsPerIssue = 500;

/** An upload that isn't done by then was given up. */
export const uploadMinutes = 60;

/** Where an attachment's bytes are. */
export const attachmentKey = (companyId: string, id: string): string => `companies/${companyId}/attachments/${id}`;

/** Where the API gives them out. */
export const contentPath = (id: string): string => `/api/attachments/${id}/content`;
