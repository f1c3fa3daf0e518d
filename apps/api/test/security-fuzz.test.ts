import { useBoardroom } from "@boardroom/testing";
import { beforeAll, expect, it } from "vitest";
import { allowedPairs, type Call, callersOf, declared, exampleCall, forEachOf, sendCall } from "./support/calls.ts";
import {
  half,
  hostileHeaders,
  hostileRaws,
  hostileTexts,
  hostileValues,
  nul,
  type Random,
  seededRandom,
} from "./support/hostile.ts";
import { print } from "./support/print.ts";
import { readError, type Sent } from "./support/send.ts";
import { newTenant, type Tenant } from "./support/tenant.ts";

const boardroom = useBoardroom();
/** `FUZZ_SEED` repeats the requests of an earlier run, `FUZZ_REQUESTS` asks for more of them. */
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const requests = Number(process.env.FUZZ_REQUESTS ?? 2000);
let tenant: Tenant;
let calls: Call[];

beforeAll(async () => {
  tenant = await newTenant(boardroom);
  calls = [];
  for (const [id, as] of allowedPairs) calls.push(await exampleCall(tenant, id, as));
}, 60_000);

/** Breaks one thing, or a few, of a call that was good. */
function breakCall(random: Random, { ...call }: Call): { call: Call; sent: Sent } {
  const sent: Sent = {};
  do {
    const fields = Object.keys(call.body);
    const known = Object.keys(declared(call.id).query?.shape ?? { limit: 1 });
    const kind = random.pick(["param", "query", "field", "field", "field", "newField", "raw", "header"] as const);
    if (kind === "param" && Object.keys(call.params).length > 0) {
      call.params = { ...call.params, [random.pick(Object.keys(call.params))]: shortText(random) };
    } else if (kind === "query") {
      call.query = { ...call.query, [random.pick([...known, "limit", "cursor", "__proto__"])]: shortText(random) };
    } else if (kind === "field" && fields.length > 0) {
      call.body = { ...call.body, [random.pick(fields)]: random.pick(hostileValues) };
    } else if (kind === "newField") {
      const options = Object.keys(declared(call.id).body?.shape ?? {});
      const name = random.pick([...options, "idempotencyKey", "__proto__", "constructor", nul, half]);
      call.body = { ...call.body, ...JSON.parse(`{${JSON.stringify(name)}:1}`), [name]: random.pick(hostileValues) };
    } else if (kind === "raw") {
      sent.raw = random.pick(hostileRaws);
      sent.headers = { ...sent.headers, "content-type": "application/json" };
    } else {
      const [name, value] = random.pick(hostileHeaders);
      sent.headers = { ...sent.headers, [name]: value };
    }
  } while (random.chance(0.25));
  return { call, sent };
}

/** An address may be long, but not a megabyte. */
const shortText = (random: Random) => random.pick(hostileTexts).slice(0, 3000);

it(
  `answers ${requests} hostile requests to all operations without a fault, each refusal in the one shape`,
  async () => {
    print(`Fuzz seed ${seed}`);
    const random = seededRandom(seed);
    const statuses: Record<string, number> = {};
    const broken = Array.from({ length: requests }, (_, at) => breakCall(random, calls[at % calls.length] as Call));
    await forEachOf(broken, 12, async ({ call, sent }) => {
      if (declared(call.id).method === "GET") delete sent.raw;
      const answer = await sendCall(boardroom.url, call, sent);
      const told = `seed ${seed}: ${call.id} ${JSON.stringify([call.params, call.query, call.body, sent]).slice(0, 600)}`;
      if (answer.status >= 500) expect.fail(`${told}\n${answer.status} ${answer.text}`);
      if (answer.status >= 400) readError(answer, told);
      else expect(answer.headers.get("x-request-id"), told).toBeTruthy();
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    });
    print(`Answers by status: ${JSON.stringify(statuses)}`);
  },
  60_000 + requests * 30,
);

it("answers after it as before", async () => {
  const call = await exampleCall(tenant, "companies.get", "session");
  expect((await sendCall(boardroom.url, call)).status).toBe(200);
});

const texts = allowedPairs.filter(([id, as]) => as === callersOf(id)[0] && declared(id).body);

it("refuses text that can't be stored, a title of a megabyte and numbers without an end in every field", async () => {
  await forEachOf(texts, 6, async ([id, as]) => {
    const call = await exampleCall(tenant, id, as);
    for (const field of Object.keys(declared(id).body?.shape ?? {})) {
      for (const value of [nul, half, { [nul]: half }, "x".repeat(1_000_000), JSON.parse("1e400")]) {
        const raw = JSON.stringify({ ...call.body, [field]: value }).replaceAll("null", "1e400");
        const headers = { "content-type": "application/json" };
        const answer = await sendCall(boardroom.url, call, { raw, headers });
        const told = `${id} ${field} ${JSON.stringify(value).slice(0, 40)}: ${answer.status} ${answer.text.slice(0, 200)}`;
        expect([400, 413], told).toContain(answer.status);
        readError(answer, told);
      }
    }
  });
}, 180_000);
