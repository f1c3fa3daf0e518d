import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, it } from "vitest";
import { serveHttp } from "./http-server.ts";

const many = 800;
const setting = "/proc/sys/net/core/somaxconn";
const longestLine = existsSync(setting) ? Number(readFileSync(setting, "utf8")) : 128;
if (longestLine < many)
  process.stdout.write(`Skipped: this machine keeps ${longestLine} connections in line at most\n`);

it.skipIf(longestLine < many)("keeps nobody waiting of many who connect in the same moment", async () => {
  const server = await serveHttp("Test", 0, (_, response) => void response.end());
  let connected = 0;
  const count = () => {
    connected += 1;
  };
  const sockets: Socket[] = Array.from({ length: many }, () =>
    connect(server.port, "127.0.0.1", count).on("error", () => undefined),
  );
  // Whom the kernel can't keep in line asks again after a second: many turns of the loop later.
  for (let turn = 0; turn < 20 && connected < many; turn++) await nextTurn();
  expect(connected).toBe(many);
  const closed = sockets.map((socket) => once(socket, "close"));
  for (const socket of sockets) socket.destroy();
  await Promise.all([...closed, server.stop()]);
});
