import { isRouteErrorResponse, Link, useRouteError } from "@remix-run/react";
import type { PageError } from "../server/errors.ts";

/** What happened, and the way on. Used by every error boundary. */
export function ErrorPage() {
  const { title, message, requestId } = explain(useRouteError());
  return (
    <div className="empty">
      <h1>{title}</h1>
      <p>{message}</p>
      <div className="line">
        <Link className="button" data-kind="primary" to="." reloadDocument>
          Try again
        </Link>
        <Link className="button" to="/">
          Go to the start
        </Link>
      </div>
      {requestId && (
        <p className="faint">
          Request <code>{requestId}</code>
        </p>
      )}
    </div>
  );
}

function explain(error: unknown): { title: string; message: string; requestId?: string | undefined } {
  if (!isRouteErrorResponse(error))
    return { title: "Something broke", message: "It has been noted. Trying again often helps." };
  const page = isPageError(error.data) ? error.data : undefined;
  const requestId = page?.requestId;
  if (error.status === 404)
    return { title: "Not here", message: page?.message ?? "There is nothing at this address.", requestId };
  if (error.status === 403)
    return { title: "Not yours to open", message: page?.message ?? "You may not do this.", requestId };
  return { title: "That did not work", message: page?.message ?? `The server answered ${error.status}.`, requestId };
}

function isPageError(data: unknown): data is PageError {
  return typeof data === "object" && data !== null && "message" in data && typeof data.message === "string";
}
