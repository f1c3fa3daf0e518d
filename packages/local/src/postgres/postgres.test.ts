import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { LocalServiceError } from "../local-service-error.ts";
import { findFreePort, listenOnLoopback } from "../ports.ts";
import { explainPostgresFailure } from "./explain-failure.ts";
import { type LocalPostgres, startPostgres } from "./start-postgres.ts";

// The project's own Node, which runs TypeScript as it is.
const node = createRequire(import.meta.url).resolve("node/bin/node");
let home: string;
let dataDir: string;
let running: LocalPostgres | undefined;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "boardroom-pg-"));
  dataDir = join(home, "data");
});

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

afterAll(() => rm(home, { recursive: true, force: true }));

const start = async (port?: number) => {
  running = await startPostgres({ dataDir, port });
  return running;
};

async function ask(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

const readServerPid = async () => Number.parseInt(await readFile(join(dataDir, "postmaster.pid"), "utf8"), 10);
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

async function failure(work: Promise<unknown>): Promise<LocalServiceError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof LocalServiceError))
    throw new Error("it should have failed with a LocalServiceError", { cause: error });
  expect(error.message).not.toContain("\n");
  return error;
}

describe("the server", () => {
  it("starts PostgreSQL 18 with real durability and room for 200 connections, and leaves no process behind", async () => {
    const postgres = await start();
    const names = [
      "server_version_num",
      "fsync",
      "synchronous_commit",
      "full_page_writes",
      "max_connections",
      "shared_buffers",
    ];
    const rows = await ask(
      postgres.ownerUrl,
      `select ${names.map((name) => `current_setting('${name}') as ${name}`).join()}`,
    );
    expect(rows).toMatchObject([
      {
        fsync: "on",
        synchronous_commit: "on",
        full_page_writes: "on",
        max_connections: "200",
        shared_buffers: "256MB",
      },
    ]);
    expect(Number(rows[0]?.server_version_num)).toBeGreaterThan(180_000);
    const pid = await readServerPid();
    await postgres.stop();
    await postgres.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it("keeps its data over a restart, and over a power cut", async () => {
    const first = await start();
    const url = await first.createDatabase("kept");
    await ask(url, "create table notes as select 'before' as text");
    await first.stop();
    const second = await start();
    await ask(second.url("kept"), "insert into notes values ('stopped')");
    await second.kill();
    const third = await start();
    expect(await ask(third.url("kept"), "select text from notes")).toEqual([{ text: "before" }, { text: "stopped" }]);
  });

  it("begins as a copy of a template, and leaves out real durability where told", async () => {
    const first = await start();
    await ask(await first.createDatabase("copied"), "create table notes as select 'there' as text");
    await first.stop();
    running = await startPostgres({ dataDir: join(home, "copy"), template: dataDir, isDurable: false });
    const notes = "select text, current_setting('fsync') as fsync from notes";
    expect(await ask(running.url("copied"), notes)).toEqual([{ text: "there", fsync: "off" }]);
    await ask(running.url("copied"), "insert into notes values ('killed')");
    await running.kill();
    running = await startPostgres({ dataDir: join(home, "copy"), isDurable: false });
    expect(await ask(running.url("copied"), "select text from notes")).toHaveLength(2);
    await running.stop();
    const original = await start();
    expect(await ask(original.url("copied"), "select text from notes")).toEqual([{ text: "there" }]);
  });

  it("asks for the password and gives each role its own connection string", async () => {
    const postgres = await start();
    await ask(postgres.ownerUrl, "create role reader login password 'p@ss/word'");
    const url = postgres.url("postgres", { user: "reader", password: "p@ss/word" });
    expect(await ask(url, "select current_user as who")).toEqual([{ who: "reader" }]);
    const wrong = postgres.url("postgres", { user: "reader", password: "x" });
    await expect(ask(wrong, "select 1")).rejects.toMatchObject({ code: "28P01" });
  });

  it("copies a template that somebody still uses, and finds a database that is there", async () => {
    const postgres = await start();
    const template = await postgres.createDatabase("template-1");
    await ask(template, "create table copied as select 1 as n");
    const user = new pg.Client({ connectionString: template });
    user.on("error", () => undefined);
    await user.connect();
    const names = ["copy-1", "copy-2", "copy-3"];
    const urls = await Promise.all(names.map((name) => postgres.createDatabase(name, "template-1")));
    for (const url of urls) expect(await ask(url, "select n from copied")).toEqual([{ n: 1 }]);
    expect(await postgres.createDatabase("copy-1")).toBe(urls[0]);
    await postgres.dropDatabase("copy-1");
    await expect(ask(urls[0] ?? "", "select 1")).rejects.toMatchObject({ code: "3D000" });
  });
});

describe("recovery", () => {
  it("stops the server of a starter that was killed, and takes its folder over", async () => {
    const program = `import { startPostgres } from ${JSON.stringify(new URL("./start-postgres.ts", import.meta.url).href)};
      const { port } = await startPostgres({ dataDir: process.argv[2] }); process.send(port);`;
    const script = join(home, "starter.mts");
    await writeFile(script, program);
    const starter = fork(script, [dataDir], { execPath: node });
    const [port] = await once(starter, "message");
    const orphan = await readServerPid();

    const busy = await failure(startPostgres({ dataDir }));
    expect(busy).toMatchObject({ code: "already_running", message: expect.stringContaining(String(starter.pid)) });

    starter.kill("SIGKILL");
    await once(starter, "exit");
    expect(isAlive(orphan)).toBe(true);
    await start(port);
    // Whoever took it over as its parent has to notice that it ended.
    await expect.poll(() => isAlive(orphan)).toBe(false);
  });

  it("starts beside a pid file whose number now belongs to another process", async () => {
    await writeFile(join(dataDir, "postmaster.pid"), `${process.pid}\n${dataDir}\n1\n1\n\n127.0.0.1\n`);
    const postgres = await start();
    expect(await ask(postgres.ownerUrl, "select 1 as n")).toEqual([{ n: 1 }]);
  });

  it("clears away what an interrupted first start left", async () => {
    const half = join(home, "fresh.new-0123");
    await mkdir(half);
    running = await startPostgres({ dataDir: join(home, "fresh") });
    await expect(readFile(join(half, "PG_VERSION"))).rejects.toMatchObject({ code: "ENOENT" });
  });
});

describe("one clear line", () => {
  it("when the port is in use", async () => {
    const other = createServer();
    const port = await listenOnLoopback(other, await findFreePort(), "other");
    const error = await failure(startPostgres({ dataDir, port }));
    expect(error).toMatchObject({ code: "port_in_use", message: `PostgreSQL: port ${port} is already in use.` });
    other.close();
  });

  it("when the folder holds something else, or a broken cluster", async () => {
    const foreign = join(home, "foreign");
    await mkdir(foreign);
    await writeFile(join(foreign, "letter.txt"), "mine");
    expect(await failure(startPostgres({ dataDir: foreign }))).toMatchObject({ code: "data_folder_broken" });
    expect(await readFile(join(foreign, "letter.txt"), "utf8")).toBe("mine");

    const control = join(dataDir, "global", "pg_control");
    const good = await readFile(control);
    await writeFile(control, Buffer.alloc(good.length));
    expect(await failure(startPostgres({ dataDir }))).toMatchObject({ code: "data_folder_broken" });
    await writeFile(control, good);

    const version = join(dataDir, "PG_VERSION");
    await writeFile(version, "17\n");
    expect((await failure(startPostgres({ dataDir }))).message).toContain("another version");
    await writeFile(version, "18\n");
    await start();
  });

  it("when the folder can't be made", async () => {
    await writeFile(join(home, "file"), "");
    expect(await failure(startPostgres({ dataDir: join(home, "file", "data") }))).toMatchObject({
      code: "data_folder_denied",
    });
  });

  it("when the disk is full", () => {
    const full = { code: "disk_full", message: "PostgreSQL: the disk that holds /data is full." };
    const said = 'FATAL:  could not write lock file "postmaster.pid": No space left on device';
    expect(explainPostgresFailure(said, "/data", 1)).toMatchObject(full);
    const cut = 'FATAL:  could not extend file "base/1/2691": wrote only 4096 of 8192 bytes at block 10';
    expect(explainPostgresFailure(cut, "/data", 1)).toMatchObject(full);
  });
});
