import type { LoadedAdapters } from "./adapters/load-adapters.ts";
import type { Machine } from "./adapters/probe-program.ts";
import type { Api } from "./api/api.ts";
import type { ServerClock } from "./api/server-clock.ts";
import type { Credential } from "./credentials/credential.ts";
import type { RunnerHome } from "./home/runner-home.ts";
import type { LeaseKeeper } from "./lease/lease-keeper.ts";
import type { Outbox } from "./outbox/outbox.ts";

/** What every part of a running runner shares. */
export interface RunnerParts {
  credential: Credential;
  home: RunnerHome;
  machine: Machine;
  adapters: LoadedAdapters;
  api: Api;
  clock: ServerClock;
  leases: LeaseKeeper;
  outbox: Outbox;
  /** A line for whoever watches the terminal. */
  say(line: string): void;
}
