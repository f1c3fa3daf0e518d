import { describe, expect, it } from "vitest";
import { classifyError, readRetryAfter } from "./classify-error.ts";

const now = new Date("2026-11-21T12:00:00Z");

describe("an error message of a program", () => {
  it.each([
    ["Not logged in · Please run /login", "login_required", "config"],
    ["Invalid API key · Fix external API key", "login_required", "config"],
    ["unexpected status 401 Unauthorized: Incorrect API key provided", "login_required", "config"],
    ["OAuth token has expired", "login_required", "config"],
    ["There's an issue with the selected model (nope). It may not exist", "unknown_model", "config"],
    ["The model `gpt-9` does not exist or you do not have access to it.", "unknown_model", "config"],
    ["You’ve hit your usage limit. Try again later.", "rate_limited", "quota"],
    ["API Error: Request rejected (429) · Slow down", "rate_limited", "quota"],
    ["Your credit balance is too low", "rate_limited", "quota"],
    ["API Error: 529 Overloaded", "provider_unavailable", "transient"],
    ["unexpected status 503 Service Unavailable", "provider_unavailable", "transient"],
    ["TypeError: fetch failed", "network", "transient"],
    ["connect ECONNREFUSED 127.0.0.1:1", "network", "transient"],
    ["stream disconnected before completion", "network", "transient"],
    ["error: unexpected argument '--nope' found", "bad_arguments", "config"],
    ["Segmentation fault", "agent_error", "permanent"],
    ["", "agent_error", "permanent"],
  ])("%s", (message, errorCode, errorFamily) => {
    expect(classifyError(message, now)).toMatchObject({ errorCode, errorFamily });
  });

  it.each([
    ["retry-after: 7", 7],
    ['{"retry_after":"90"}', null],
    ["Retry-After=30", 30],
    ["Rate limit reached. Please try again in 20s.", 20],
    ["try again in 1.5s", 2],
    ["try again in 350ms", 1],
    ["usage limit, try again in 2 hours 5 minutes", 7500],
    ["Try again in 3 days 2 hours", 86_400],
    ["Claude AI usage limit reached|1795266000", 3600],
    ['"resets_at":1795262460', 60],
    ["Your limit resets 3pm (UTC)", 3 * 3600],
    ["limit will reset at 11:30 UTC", 23.5 * 3600],
    ["resets 3pm (Europe/Berlin)", null],
    ["retry-after: soon", null],
    ["nothing", null],
  ])("says when to come back: %s", (message, seconds) => {
    expect(readRetryAfter(message, now)).toBe(seconds);
  });

  it("is read to its end, however long it is", () => {
    const long = `${"try again in 1 ".repeat(50_000)}model ${"a".repeat(500_000)}`;
    expect(classifyError(long, now)).toMatchObject({ errorCode: "agent_error" });
  });
});
