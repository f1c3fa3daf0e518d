import { arch, hostname, platform } from "node:os";
import type { RunnerHost } from "@boardroom/contract";
import manifest from "../package.json" with { type: "json" };

export const runnerVersion = manifest.version;

/** This machine, as the board shows it. */
export const describeHost = (): RunnerHost => ({
  hostname: hostname().slice(0, 255),
  platform: platform(),
  arch: arch(),
  nodeVersion: process.version,
  runnerVersion,
});
