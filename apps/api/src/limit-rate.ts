import { BoardroomError } from "@boardroom/contract";
import type { MiddlewareHandler } from "hono";
import { errorAnswer } from "./answer.ts";
import type { RateLimits } from "./env.ts";
import { sha256Hex } from "./sha256.ts";

const windowMs = 10_000;

/**
 * Holds back who asks too often: by the credential that a call brings, by the address where it brings none or one that is not
 * accepted. A shield for everybody else, not a quota: it is counted where the call arrives, about, and costs no request.
 */
export function limitRate(
  limits: RateLimits,
  sessionCookie: string,
): MiddlewareHandler<{ Variables: { requestId: string } }> {
  return async (c, next) => {
    const { headers } = c.req.raw;
    const address = headers.get("cf-connecting-ip");
    const credential = headers.get("authorization") ?? sessionOf(headers.get("cookie"), sessionCookie);
    if (credential !== null) {
      if (!(await limits.allowsKey(await sha256Hex(credential)))) throw tooMany("Too many requests with this key.");
    } else if (!(await allowsAddress(limits, address))) throw tooMany("Too many requests from this address.");
    await next();
    if (credential === null || c.res.status !== 401 || (await allowsAddress(limits, address))) return;
    c.res = errorAnswer(tooMany("Too many refused credentials from this address."), c.get("requestId"));
  };
}

/** The session alone: other cookies are anybody's to change. */
const sessionOf = (cookies: string | null, name: string): string | null =>
  cookies
    ?.split(";")
    .map((cookie) => cookie.trim())
    .find((cookie) => cookie.startsWith(`${name}=`)) ?? null;

const tooMany = (message: string) =>
  new BoardroomError("rate_limited", `${message} Wait a few seconds.`, { retryAfterMs: windowMs });

const allowsAddress = (limits: RateLimits, address: string | null): Promise<boolean> =>
  address === null ? Promise.resolve(true) : limits.allowsAddress(networkOf(address));

/** One household or server has a whole IPv6 network of 64 bits, so that is what counts. */
export function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail = ""] = address.toLowerCase().split("::");
  const before = head.split(":").filter(Boolean);
  const after = tail.split(":").filter(Boolean);
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => "0");
  return [...before, ...zeros, ...after].slice(0, 4).join(":");
}
