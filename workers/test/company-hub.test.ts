import { type TestCompany, useBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { type Feed, openFeed } from "./feed-reader.ts";

const boardroom = useBoardroom();

const openFeedOf = (
  { url, cid, owner }: TestCompany,
  query = "",
  headers: Record<string, string> = {},
): Promise<Feed> => openFeed(`${url}/api/companies/${cid}/events${query}`, { ...owner.headers, ...headers });

const writeGoal = ({ board, cid }: TestCompany, title: string) =>
  board.call("goals.create", { params: { cid }, body: { title } });

it("shows a change to an open board by itself, with its cursor as the event's id", async () => {
  const company = await boardroom.newCompany();
  const feed = await openFeedOf(company);
  const goal = await writeGoal(company, "Open the shop");
  // Long before a heartbeat of the stream or a tick could bring it; how fast it is, the benchmark of viewers says.
  const event = await feed.next("activity", 5000);
  expect(event.data).toMatchObject({ action: "goal.created", entityId: goal.id, actorType: "user", cursor: event.id });
  expect(event.id).toMatch(/^\d+\.\d+$/);
  await feed.close();
});

it("replays what was missed after Last-Event-ID and after ?cursor=, once and in order", async () => {
  const company = await boardroom.newCompany();
  const first = await openFeedOf(company);
  await writeGoal(company, "one");
  const { id } = await first.next("activity");
  await first.close();
  const missed = ["two", "three", "four"];
  for (const title of missed) await writeGoal(company, title);
  for (const [query, headers] of [["", { "last-event-id": id }] as const, [`?cursor=${id}`, {}] as const]) {
    const feed = await openFeedOf(company, query, headers);
    const ids: number[] = [];
    for (const _ of missed) ids.push(Number((await feed.next("activity")).id.split(".")[1]));
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    // The one after it missed this one, too.
    missed.push("one more");
    await writeGoal(company, "one more");
    expect((await feed.next("activity")).data).toMatchObject({ action: "goal.created" });
    expect(feed.waiting()).toBe(0);
    await feed.close();
  }
});

it("resumes a viewer that saw no event yet from where it opened", async () => {
  const company = await boardroom.newCompany();
  const first = await openFeedOf(company);
  const opened = await first.next("");
  await first.close();
  await writeGoal(company, "missed");
  const second = await openFeedOf(company, "", { "last-event-id": opened.id });
  expect((await second.next("activity")).data).toMatchObject({ action: "goal.created" });
  await second.close();
});

it("skips nothing that commits late: an older transaction holds the feed until it is over", async () => {
  const company = await boardroom.newCompany();
  const feed = await openFeedOf(company);
  await boardroom.inTransaction(async (query) => {
    await query(
      `insert into activity_log (company_id, actor_type, actor_id, action, entity_type, entity_id)
       values ($1, 'system', 'system', 'test.late', 'company', 'x')`,
      [company.cid],
    );
    await writeGoal(company, "committed before the late one");
    await expect(feed.next("activity", 400)).rejects.toThrow();
  });
  const actions = [await feed.next("activity"), await feed.next("activity")].map(({ data }) => data.action);
  expect(actions).toEqual(["test.late", "goal.created"]);
  await feed.close();
});

it("tells a viewer that missed too much to load everything anew, and goes on live", async () => {
  const company = await boardroom.newCompany();
  const feed = await openFeedOf(company);
  const opened = await feed.next("");
  await feed.close();
  await boardroom.ownerQuery(
    `insert into activity_log (company_id, actor_type, actor_id, action, entity_type, entity_id)
     select $1, 'system', 'system', 'test.filler', 'company', 'x' from generate_series(1, 1100)`,
    [company.cid],
  );
  const back = await openFeedOf(company, `?cursor=${opened.id}`);
  await back.next("reset");
  expect(back.received("activity")).toBe(1000);
  await writeGoal(company, "after");
  expect((await back.next("activity")).data).toMatchObject({ action: "goal.created" });
  await back.close();
});

it("shows a company's events to nobody else", async () => {
  const [mine, other] = [await boardroom.newCompany(), await boardroom.newCompany()];
  const url = `${mine.url}/api/companies/${mine.cid}/events`;
  expect((await fetch(url)).status).toBe(401);
  expect((await fetch(url, { headers: other.owner.headers })).status).toBe(404);
  const feed = await openFeedOf(other);
  await writeGoal(mine, "secret");
  await writeGoal(other, "own");
  expect((await feed.next("activity")).data.entityType).toBe("goal");
  expect(feed.waiting()).toBe(0);
  await feed.close();
});

it("sends the same events over a WebSocket and resumes there too", async () => {
  const company = await boardroom.newCompany();
  const address = `${company.url.replace("http", "ws")}/api/companies/${company.cid}/events/ws`;
  // Node's WebSocket takes headers; the type of the browser's does not say so.
  const socket = new WebSocket(address, { headers: company.owner.headers } as never);
  const messages: { id: string; event: string; data: { action: string } }[] = [];
  socket.addEventListener("message", ({ data }) => messages.push(JSON.parse(String(data))));
  await expect.poll(() => messages.length).toBe(1);
  await writeGoal(company, "one");
  await expect.poll(() => messages.map(({ event }) => event)).toEqual(["ready", "activity"]);
  expect(messages[1]?.data.action).toBe("goal.created");
  socket.close();
});

it("keeps everything in order for a viewer that reads slowly, and holds up nobody else", async () => {
  const company = await boardroom.newCompany();
  const [fast, slow] = [await openFeedOf(company), await openFeedOf(company)];
  slow.pause();
  for (let batch = 0; batch < 3; batch += 1) {
    await boardroom.ownerQuery(
      `insert into activity_log (company_id, actor_type, actor_id, action, entity_type, entity_id, details)
       select $1, 'system', 'system', 'test.filler', 'company', 'x', jsonb_build_object('text', repeat('x', 2000))
       from generate_series(1, 900)`,
      [company.cid],
    );
    await writeGoal(company, `batch ${batch}`);
    await expect.poll(() => fast.received("activity")).toBe((batch + 1) * 901);
  }
  expect(slow.received("activity")).toBeLessThan(fast.received("activity"));
  slow.resume();
  await expect.poll(() => slow.received("activity") + slow.received("reset")).toBeGreaterThan(0);
  const last = await writeGoal(company, "last");
  await slow.untilSeen(({ data }) => data.entityId === last.id);
  const seen = await slow.untilIdle();
  const places = seen.filter(({ event }) => event === "activity").map(({ id }) => Number(id.split(".")[1]));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(new Set(places).size).toBe(places.length);
  expect(seen.at(-1)?.data.action).toBe("goal.created");
  await Promise.all([fast.close(), slow.close()]);
});
