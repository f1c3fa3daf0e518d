import { BoardroomError } from "@boardroom/contract";
import type { z } from "zod";
import { isStorable } from "./unstorable.ts";

const maxDetails = 20;

/** Parses a part of a request; refuses what the schema doesn't know. @throws BoardroomError invalid_request with every finding */
export function parseInput(schema: z.ZodObject, value: unknown): Record<string, unknown> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error.issues.slice(0, maxDetails).flatMap(explain));
}

/** The query as an object; a parameter may stand there once. */
export function readQuery(url: URL): Record<string, string> {
  const query = new Map<string, string>();
  for (const [key, value] of url.searchParams) {
    if (query.has(key)) throw invalid([{ path: key, message: "is given more than once" }]);
    if (!isStorable(key) || !isStorable(value))
      throw invalid([{ path: key, message: "contains characters that can't be stored" }]);
    query.set(key, value);
  }
  return Object.fromEntries(query);
}

interface Finding {
  path: string;
  message: string;
}

function explain(issue: z.core.$ZodIssue): Finding[] {
  const path = issue.path.map(String).join(".");
  if (issue.code !== "unrecognized_keys") {
    const isMissing = issue.code === "invalid_type" && issue.message.endsWith("received undefined");
    return [{ path, message: isMissing ? "is required" : issue.message }];
  }
  return issue.keys.slice(0, maxDetails).map((key) => ({
    path: path === "" ? key : `${path}.${key}`,
    message: "is not a known field",
  }));
}

function invalid(details: Finding[]): BoardroomError {
  const [first] = details;
  const told =
    first && first.path !== "" ? `${first.path}: ${first.message}` : (first?.message ?? "it is not of the right form");
  return new BoardroomError("invalid_request", `The request is not valid: ${told}`.slice(0, 500), details);
}
