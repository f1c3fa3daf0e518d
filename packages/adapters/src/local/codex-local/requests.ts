/** Ids of what is asked of the app server, so that parser and conversation know the answers. */
export const initializeRequestId = 1;
export const threadRequestId = 2;
export const turnRequestId = 3;
/** What is said during the turn; nobody waits for the answer. */
export const steerRequestId = 4;

export const request = (id: number, method: string, params: unknown): string => JSON.stringify({ id, method, params });
