/** What one run may write. Then its log ends with a note, and it goes on without one. */
export const maxLogBytes = 256 * 1024 * 1024;
/** The chunk that says so; senders number theirs from 0. */
export const cutNoteSeq = -1;
export const cutNote = `\n[Boardroom: the log ends here; it reached ${maxLogBytes / 1024 / 1024} MiB]\n`;
/** What is read from the database at a time when a log is moved. */
export const archivePageBytes = 4 * 1024 * 1024;

/** Where a run's log lies in object storage. */
export const logKey = (companyId: string, runId: string) => `companies/${companyId}/runs/${runId}/log`;
