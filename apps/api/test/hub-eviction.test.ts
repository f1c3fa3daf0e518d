import { setTimeout as sleep } from "node:timers/promises";
import { type TestCompany, useOwnBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { type EventViewer, viewSocket } from "./event-viewer.ts";

const boardroom = useOwnBoardroom();
const rounds = 4;
type EventsOfSocket = Awaited<ReturnType<typeof viewSocket>>;

/** Only a hub that does nothing can be thrown out, and none that has an open stream: those end with the Worker, see crash.test.ts. */
async function evict({ cid }: TestCompany, sockets: "hibernate" | "close"): Promise<void> {
  await sleep(1000);
  await boardroom.evictHub(cid, sockets);
}

const create = ({ board, cid }: TestCompany, title: string) =>
  board.call("issues.create", { params: { cid }, body: { title } });
const titlesOf = ({ events }: Pick<EventViewer, "events">) =>
  events.flatMap(({ activity }) => (activity?.action === "issue.created" ? [activity.details?.title] : []));
const sees = (viewer: Pick<EventViewer, "sees">, title: string) =>
  viewer.sees(title, ({ details }) => details?.title === title, 10_000);
const asOwner = ({ owner, url }: TestCompany) => ({ cookie: owner.cookie, origin: url });

it("a hub that is thrown out of memory under its sleeping sockets tells them everything once, in order", async () => {
  const company = await boardroom.newCompany();
  const viewer = await viewSocket(company.url, company.cid, asOwner(company));
  const titles: string[] = [];
  for (let round = 0; round < rounds; round++) {
    await evict(company, "hibernate");
    titles.push(`Issue ${round}`, `Another ${round}`);
    await Promise.all(titles.slice(-2).map((title) => create(company, title)));
    for (const title of titles.slice(-2)) await sees(viewer, title);
  }
  expect(titlesOf(viewer).toSorted()).toEqual(titles.toSorted());
  await viewer.close();
});

it("viewers whose sockets end with the hub resume where they were and miss nothing of the time without it", async () => {
  const company = await boardroom.newCompany();
  const viewers: EventsOfSocket[] = [];
  const titles: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const viewer = await viewSocket(company.url, company.cid, asOwner(company), viewers.at(-1)?.lastId());
    viewers.push(viewer);
    const [watched, missed] = [`Watched ${round}`, `Missed ${round}`];
    titles.push(watched);
    await create(company, watched);
    await sees(viewer, watched);
    await evict(company, "close");
    if (round === rounds - 1) break;
    titles.push(missed);
    await create(company, missed);
  }
  expect(viewers.flatMap(titlesOf)).toEqual(titles);
});
