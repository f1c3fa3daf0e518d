import { type TestCompany, useBoardroom } from "@boardroom/testing";
import { describe, expect, it } from "vitest";
import { type EventViewer, viewEvents, viewSocket } from "./event-viewer.ts";

const boardroom = useBoardroom();
const createIssue = ({ board, cid }: TestCompany, title: string) =>
  board.call("issues.create", { params: { cid }, body: { title } });
const asOwner = ({ owner }: TestCompany) => ({ cookie: owner.cookie });
const watch = (company: TestCompany, lastEventId?: string) =>
  viewEvents(company.url, company.cid, { headers: asOwner(company), lastEventId });

const seesTitle = (viewer: Omit<EventViewer, "close">, title: string) =>
  viewer.sees(`"${title}"`, ({ details }) => details?.title === title);
const titlesOf = ({ events }: Pick<EventViewer, "events">) =>
  events.flatMap(({ activity }) => (activity?.action === "issue.created" ? [activity.details?.title] : []));

describe.concurrent("a company's event stream", () => {
  it("shows to a board session and to an agent key what was committed, in the order of the log", async () => {
    const company = await boardroom.newCompany();
    const { agent } = await boardroom.hireHttpAgent(company);
    const { token } = await company.board.call("agentKeys.create", {
      params: { id: agent.id },
      body: { name: "eyes" },
    });
    const viewers = [
      await watch(company),
      await viewEvents(company.url, company.cid, { headers: { authorization: `Bearer ${token}` } }),
      await viewSocket(company.url, company.cid, { ...asOwner(company), origin: company.url }),
    ];
    const titles = ["One", "Two", "Three", "Four"];
    for (const title of titles) await createIssue(company, title);
    for (const viewer of viewers) {
      await seesTitle(viewer, "Four");
      expect(titlesOf(viewer)).toEqual(titles);
      await viewer.close();
    }
  });

  it("replays after a reconnect exactly what was missed, in both ways of watching", async () => {
    const company = await boardroom.newCompany();
    const first = await watch(company);
    const atStart = first.lastId();
    for (const title of ["One", "Two", "Three"]) await createIssue(company, title);
    await seesTitle(first, "Three");
    await first.close();
    for (const title of ["Four", "Five"]) await createIssue(company, title);

    const resumed = await watch(company, first.lastId());
    await seesTitle(resumed, "Five");
    await createIssue(company, "Six");
    await seesTitle(resumed, "Six");
    expect(titlesOf(resumed)).toEqual(["Four", "Five", "Six"]);
    await resumed.close();

    const socket = await viewSocket(
      company.url,
      company.cid,
      { ...asOwner(company), origin: company.url },
      first.events[2]?.id,
    );
    await seesTitle(socket, "Six");
    expect(titlesOf(socket)).toEqual(["Three", "Four", "Five", "Six"]);
    await socket.close();

    // Even who saw nothing yet resumes from where it began.
    const fromStart = await watch(company, atStart);
    await seesTitle(fromStart, "Six");
    expect(titlesOf(fromStart)).toEqual(["One", "Two", "Three", "Four", "Five", "Six"]);
    expect(new Set(fromStart.events.map(({ id }) => id)).size).toBe(fromStart.events.length);
    await fromStart.close();
  });

  it("is hidden from everyone outside the company, in both ways of watching", async () => {
    const company = await boardroom.newCompany();
    const stranger = await boardroom.newCompany();
    const { agent } = await boardroom.hireHttpAgent(stranger);
    const { token } = await stranger.board.call("agentKeys.create", {
      params: { id: agent.id },
      body: { name: "spy" },
    });
    const status = async (path: string, headers: Record<string, string>) => {
      const answer = await fetch(`${company.url}/api/companies/${path}`, { headers });
      await answer.body?.cancel();
      return answer.status;
    };
    expect(await status(`${company.cid}/events`, asOwner(stranger))).toBe(404);
    expect(await status(`${company.cid}/events`, { authorization: `Bearer ${token}` })).toBe(404);
    expect(await status(`${company.cid}/events`, {})).toBe(401);
    expect(await status(`${company.cid}/events/ws`, { ...asOwner(stranger), origin: company.url })).toBe(404);
    const socket = viewSocket(company.url, company.cid, { ...asOwner(stranger), origin: company.url });
    await expect(socket).rejects.toThrow("refused");
    const foreignPage = viewSocket(company.url, company.cid, { ...asOwner(company), origin: "https://evil.example" });
    await expect(foreignPage).rejects.toThrow("refused");
    // A stranger's header can't name the company either.
    const own = await viewEvents(stranger.url, stranger.cid, {
      headers: { ...asOwner(stranger), "x-company-id": company.cid },
    });
    await createIssue(company, "Secret");
    await createIssue(stranger, "Own");
    await seesTitle(own, "Own");
    expect(titlesOf(own)).toEqual(["Own"]);
    await own.close();
  });

  it("answers a socket's ping, and tells a quiet stream every 15 s that it lives", async () => {
    const company = await boardroom.newCompany();
    const viewer = await watch(company);
    const socket = await viewSocket(company.url, company.cid, { ...asOwner(company), origin: company.url });
    socket.ping();
    await socket.until("a pong", () => socket.comments.includes("pong"));
    await socket.close();
    await viewer.until("a sign of life", () => viewer.comments.includes("still here"), 18_000);
    await viewer.close();
  }, 25_000);

  it("tells a viewer that missed more than is replayed to load anew, and goes on from there", async () => {
    const company = await boardroom.newCompany();
    const early = await watch(company);
    await early.close();
    await boardroom.ownerQuery(
      `insert into activity_log (company_id, actor_type, actor_id, action, entity_type, entity_id)
       select $1, 'system', 'system', 'issue.updated', 'issue', n::text from generate_series(1, 2500) n`,
      [company.cid],
    );
    const viewer = await watch(company, early.lastId());
    await viewer.until("a reset", () => viewer.events.some(({ kind }) => kind === "reset"));
    await createIssue(company, "New");
    await seesTitle(viewer, "New");
    expect(titlesOf(viewer).at(-1)).toBe("New");
    await viewer.close();
  });
});

it("the stream does not skip a transaction that commits late: what came after it waits for it", async () => {
  const company = await boardroom.newCompany();
  const viewer = await watch(company);
  const late = await boardroom.holdTransaction(
    `insert into activity_log (company_id, actor_type, actor_id, action, entity_type, entity_id, details)
     values ($1, 'system', 'system', 'issue.created', 'issue', 'late', '{"title":"Late"}')`,
    [company.cid],
  );
  await createIssue(company, "Early");
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(titlesOf(viewer)).toEqual([]);
  await late.commit();
  await seesTitle(viewer, "Early");
  expect(titlesOf(viewer)).toEqual(["Late", "Early"]);
  await viewer.close();
});

it("a hundred viewers all get each event once, in one order", async () => {
  const company = await boardroom.newCompany();
  const viewers = await Promise.all(Array.from({ length: 100 }, () => watch(company)));
  const titles = Array.from({ length: 20 }, (_, index) => `Issue ${index}`);
  const startedAt = Date.now();
  await Promise.all(titles.map((title) => createIssue(company, title)));
  await Promise.all(viewers.map((viewer) => viewer.until("all events", () => titlesOf(viewer).length >= 20)));
  process.stdout.write(`20 events reached 100 viewers within ${Date.now() - startedAt} ms of the first request\n`);
  const [first] = viewers;
  expect(titlesOf(first ?? { events: [] }).toSorted()).toEqual(titles.toSorted());
  for (const viewer of viewers) expect(viewer.events.slice(1)).toEqual(first?.events.slice(1));
  await Promise.all(viewers.map((viewer) => viewer.close()));
});
