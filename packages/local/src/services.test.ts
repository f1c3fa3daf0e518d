import { access, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { neon, neonConfig } from "@neondatabase/serverless";
import { Client } from "@upstash/qstash";
import { expect, it } from "vitest";
import { findFreePort, listenOnLoopback } from "./ports.ts";
import { startServices } from "./services.ts";

const isListening = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );

it("boots all four, answers on each, keeps everything over a restart, and stops all", async () => {
  const home = await mkdtemp(join(tmpdir(), "boardroom-services-"));
  try {
    const first = await startServices({ home });
    neonConfig.fetchEndpoint = () => `${first.neon.url}/sql`;
    const sql = neon(await first.postgres.createDatabase("boardroom"));
    await sql`create table kept as select 1 as n`;
    await new Client({ baseUrl: first.queue.url, token: first.queue.token }).publish({
      url: "http://127.0.0.1:1/",
      delay: 3600,
    });
    const urls = [first.neon.url, first.queue.url, first.mailbox.url];
    expect(await Promise.all(urls.map(isListening))).toEqual([true, true, true]);
    await Promise.all([first.stop(), first.stop()]);
    expect(await Promise.all(urls.map(isListening))).toEqual([false, false, false]);

    const second = await startServices({ home, queue: { held: true } });
    neonConfig.fetchEndpoint = () => `${second.neon.url}/sql`;
    expect(await neon(second.postgres.url("boardroom"))`select n from kept`).toEqual([{ n: 1 }]);
    expect(second.queue.waiting()).toBe(1);
    await second.stop();
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});

it("keeps nothing without a home", async () => {
  const services = await startServices();
  const [{ data_directory: dir } = { data_directory: "" }] = await (async () => {
    neonConfig.fetchEndpoint = () => `${services.neon.url}/sql`;
    return (await neon(services.postgres.ownerUrl)`show data_directory`) as { data_directory: string }[];
  })();
  await access(dir);
  await services.stop();
  await expect(access(dir)).rejects.toMatchObject({ code: "ENOENT" });
});

it("stops what is already running when one fails, and says which", async () => {
  const other = createServer();
  const taken = await listenOnLoopback(other, 0, "other");
  const mailbox = await findFreePort();
  await expect(startServices({ ports: { queue: taken, mailbox } })).rejects.toMatchObject({
    code: "port_in_use",
    message: `queue: port ${taken} is already in use.`,
  });
  expect(await isListening(`http://127.0.0.1:${mailbox}`)).toBe(false);
  other.close();
});
