const againAfterMs = 1000;

/**
 * Asks for a page's data again and again while the network is away: a refresh that fails must not replace a page that
 * is still worth reading. Leaving the page ends it; what changes something is never sent twice.
 */
export function makePatient(send: typeof fetch, waitMs = againAfterMs): typeof fetch {
  return async (input, init) => {
    for (;;) {
      try {
        return await send(input, init);
      } catch (error) {
        if (!isPageData(input, init) || init?.signal?.aborted) throw error;
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
  };
}

function isPageData(input: RequestInfo | URL, init: RequestInit | undefined): boolean {
  if (input instanceof Request || (init?.method ?? "GET") !== "GET") return false;
  return new URL(input, "http://board").pathname.endsWith(".data");
}
