import type { ErrorFamily } from "@boardroom/contract";

export interface ClassifiedError {
  errorCode: string;
  errorFamily: ErrorFamily;
  retryAfterSec: number | null;
}

type Rule = readonly [pattern: RegExp, errorCode: string, errorFamily: ErrorFamily];

// The first that fits decides, so that a 401 within a text about limits is still a matter of login.
const rules: readonly Rule[] = [
  [
    /not logged in|please (?:run|use) \S*\s*\/?login|log ?in (?:first|again)|invalid (?:x-)?api[ _-]?key|incorrect api key|authentication[_ ](?:error|failed|required)|(?:oauth )?token (?:has |is )?(?:expired|revoked)|no api key|missing api key|api key (?:is )?(?:missing|not (?:set|found|valid))|unauthori[sz]ed|\b401\b/i,
    "login_required",
    "config",
  ],
  [
    /model[^\n]{0,120}(?:not found|does(?: not|n't) exist|not (?:available|supported|valid)|unknown)|(?:unknown|invalid|unsupported)[^\n]{0,20} model|issue with the selected model/i,
    "unknown_model",
    "config",
  ],
  [
    /usage limit|rate.?limit|limit (?:reached|exceeded)|hit your limit|too many requests|quota|credit balance|insufficient (?:credit|funds|balance)|resource.?exhausted|\b429\b/i,
    "rate_limited",
    "quota",
  ],
  [
    /overloaded|internal server error|bad gateway|service unavailable|gateway time-?out|api error:? 5\d\d|\b5(?:00|02|03|04|29)\b|server_error/i,
    "provider_unavailable",
    "transient",
  ],
  [
    /ECONN(?:RESET|REFUSED|ABORTED)|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|socket hang up|fetch failed|connection (?:error|reset|refused|closed)|network (?:error|unreachable)|stream disconnected|error sending request|timed? ?out/i,
    "network",
    "transient",
  ],
  [/permission denied|\b403\b|forbidden|policy/i, "forbidden", "permanent"],
  [
    /unknown option|unrecogni[sz]ed (?:option|argument|subcommand)|unexpected argument|invalid (?:option|argument|configuration)|error loading config/i,
    "bad_arguments",
    "config",
  ],
];

/**
 * What an error message of a program means for trying again. Only for texts that a program calls errors, never for what a
 * model said.
 * @param now against which a time of day or an epoch in the message is read
 */
export function classifyError(message: string, now: Date): ClassifiedError {
  const text = message.slice(0, 20_000);
  const [, errorCode = "agent_error", errorFamily = "permanent"] = rules.find(([pattern]) => pattern.test(text)) ?? [];
  const retryAfterSec = errorFamily === "quota" || errorFamily === "transient" ? readRetryAfter(text, now) : null;
  return { errorCode, errorFamily, retryAfterSec };
}

/** Seconds until a message says that it may be tried again, at most a day; null when it doesn't say. */
export function readRetryAfter(text: string, now: Date): number | null {
  const header = /retry[- ]after["']?\s*[:=]?\s*["']?(\d{1,7})\b(?!\s*ms)/i.exec(text);
  if (header) return within(Number(header[1]));
  const epoch = /\|(\d{10})\b|resets?(?:_at|At)?["']?\s*[:=]\s*(\d{10})\b/.exec(text);
  if (epoch) return within(Number(epoch[1] ?? epoch[2]) - now.getTime() / 1000);
  const span =
    /(?:try again|retry|resets?|available) (?:again )?in\s+((?:\d+(?:\.\d+)?\s*[a-z]+[\s,]*(?:and\s+)?){1,4})/i.exec(
      text,
    );
  if (span?.[1]) return readSpan(span[1]);
  return readClock(text, now);
}

const units: readonly (readonly [RegExp, number])[] = [
  [/^d/i, 86_400],
  [/^h/i, 3600],
  [/^ms|^milli/i, 0.001],
  [/^m/i, 60],
  [/^s/i, 1],
];

function readSpan(text: string): number | null {
  let seconds = 0;
  for (const [, amount, unit = ""] of text.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/gi)) {
    seconds += Number(amount) * (units.find(([pattern]) => pattern.test(unit))?.[1] ?? 0);
  }
  return seconds > 0 ? within(seconds) : null;
}

/** "resets 3pm (UTC)" or "reset at 15:30": the next such time. Another zone than UTC isn't known here. */
function readClock(text: string, now: Date): number | null {
  const said = /resets?\s+(?:at\s+)?(\d{1,2})(?::(\d{2}))?\s*(am|pm)?\s*\(?UTC/i.exec(text);
  if (!said) return null;
  const half = said[3]?.toLowerCase();
  const hour = half ? (Number(said[1]) % 12) + (half === "pm" ? 12 : 0) : Number(said[1]);
  const at = new Date(now);
  at.setUTCHours(hour, Number(said[2] ?? 0), 0, 0);
  const seconds = (at.getTime() - now.getTime()) / 1000;
  return within(seconds > 0 ? seconds : seconds + 86_400);
}

const within = (seconds: number): number => Math.min(86_400, Math.max(0, Math.ceil(seconds)));
