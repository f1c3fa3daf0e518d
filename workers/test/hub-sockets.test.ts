import { useOwnBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";

const boardroom = useOwnBoardroom();

interface Message {
  id: string;
  event: string;
  data: { details?: { title?: string } };
}

async function watch(url: string, cid: string, headers: Record<string, string>) {
  const address = `${url.replace("http", "ws")}/api/companies/${cid}/events/ws`;
  // Node's WebSocket takes headers; the type of the browser's does not say so.
  const socket: WebSocket = Reflect.construct(WebSocket, [address, { headers }]);
  const messages: Message[] = [];
  socket.addEventListener("message", ({ data }) => messages.push(JSON.parse(String(data))));
  await expect.poll(() => messages[0]?.event).toBe("ready");
  return {
    titles: () => messages.flatMap(({ data }) => data.details?.title ?? []),
    ids: () => messages.slice(1).map(({ id }) => id),
    close: () => socket.close(),
  };
}

it("gives each event to each socket once, while others come and go", async () => {
  const { url, cid, board, owner } = await boardroom.newCompany();
  const stay = await Promise.all(Array.from({ length: 10 }, () => watch(url, cid, owner.headers)));
  const titles = Array.from({ length: 60 }, (_, index) => `Goal ${index}`);
  const requests = await boardroom.countRequests(async () => {
    const passing = (async () => {
      for (let index = 0; index < 8; index++) (await watch(url, cid, owner.headers)).close();
    })();
    const left = titles.values();
    const write = async () => {
      for (const title of left) await board.call("goals.create", { params: { cid }, body: { title } });
    };
    await Promise.all([passing, ...Array.from({ length: 6 }, write)]);
    for (const viewer of stay) await expect.poll(() => viewer.titles().length).toBeGreaterThanOrEqual(titles.length);
  });
  const [first] = stay;
  expect(first?.titles().toSorted()).toEqual(titles.toSorted());
  for (const viewer of stay) expect(viewer.ids()).toEqual(first?.ids());
  process.stdout.write(`60 writes in front of 10 sockets: the hub read ${requests.hub} times\n`);
  for (const viewer of stay) viewer.close();
});

it("keeps a socket that was sent thousands of events, while it was heard of lately", async () => {
  const { url, cid, board, owner } = await boardroom.newCompany();
  const viewer = await watch(url, cid, owner.headers);
  for (const title of ["one", "two", "three"]) {
    await boardroom.ownerQuery(
      `insert into activity_log (company_id, actor_type, actor_id, action, entity_type, entity_id)
       select $1, 'system', 'system', 'test.filler', 'company', 'x' from generate_series(1, 900)`,
      [cid],
    );
    await board.call("goals.create", { params: { cid }, body: { title } });
    await expect.poll(() => viewer.titles()).toContain(title);
  }
  expect(viewer.ids()).toHaveLength(3 * 901);
  expect(new Set(viewer.ids()).size).toBe(3 * 901);
  viewer.close();
});
