import { type ErrorBody, errorBody } from "@boardroom/contract";
import { expect } from "vitest";

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

export interface Sent {
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is. */
  raw?: BodyInit;
}

/** Sends one request as it stands: redirects are not followed, nothing is added. */
export async function send(
  url: string,
  method: string,
  path: string,
  { headers, body, raw }: Sent = {},
): Promise<Answer> {
  const json: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
  const init = {
    method,
    redirect: "manual" as const,
    headers: { ...json, ...headers },
    body: raw ?? (body === undefined ? undefined : JSON.stringify(body)),
    // Node asks for it where the body is a stream.
    duplex: "half",
  };
  const response = await fetch(`${url}/api${path}`, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

export const readBody = (answer: Answer): unknown => JSON.parse(answer.text);

/** The error of an answer, exactly in the one shape that errors have, under the request's id. */
export function readError(answer: Answer, told = ""): ErrorBody {
  const parsed = errorBody.strict().safeParse(parse(answer.text));
  if (!parsed.success) expect.fail(`${told} answered ${answer.status} in another shape: ${answer.text.slice(0, 300)}`);
  expect(answer.headers.get("x-request-id"), told).toBe(parsed.data.requestId);
  return parsed.data;
}

/** What an answer says of a refusal: `404 not_found`. */
export function refusalOf(answer: Answer, told = ""): string {
  return `${answer.status} ${answer.status < 400 ? "" : readError(answer, told).code}`.trim();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
