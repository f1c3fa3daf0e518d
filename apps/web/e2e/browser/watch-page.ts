import type { Page } from "playwright-core";

/** What a page may say although nothing is wrong. */
export type Tolerance = RegExp;

/** The browser itself reports each refused form this way. */
export const refused = (status: number): Tolerance => new RegExp(`responded with a status of ${status}`);
/** What a page says while the server is away. */
export const serverAway: Tolerance =
  /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED|Failed to fetch/;

/** Navigating away ends the answer that a live update was still reading; the board drops it, Remix says so. */
const leftUnread: Tolerance = /AbortError: BodyStreamBuffer was aborted/;

/** Collects what must not happen on a page: errors in the console, thrown errors, answers of 500 and above. */
export function watchPage(page: Page, tolerances: readonly Tolerance[]): string[] {
  const troubles: string[] = [];
  const add = (trouble: string) => {
    if (![leftUnread, ...tolerances].some((tolerance) => tolerance.test(trouble))) troubles.push(trouble);
  };
  page.on("console", (message) => {
    if (message.type() === "error") add(`console.error on ${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => add(`error on ${page.url()}: ${error.stack ?? error.message}`));
  page.on("response", (response) => {
    if (response.status() >= 500) add(`${response.url()} responded with a status of ${response.status()}`);
  });
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    // Leaving a page ends what it was still asking for; where scripts are off, they "fail" by policy.
    if (reason !== "net::ERR_ABORTED" && reason !== "csp") add(`${request.url()} failed: ${reason}`);
  });
  return troubles;
}

/** Counts the documents that the page loads from now on: live updates and links of the board load none. */
export function countDocuments(page: Page): () => number {
  let documents = 0;
  page.on("request", (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) documents += 1;
  });
  return () => documents;
}
