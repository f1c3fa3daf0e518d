import type { OfferedAdapter, RunnerHost } from "@boardroom/contract";
import { spell } from "../forms/config-schema.ts";

const platforms: Record<string, string> = { darwin: "macOS", linux: "Linux", win32: "Windows" };

/** "macOS, arm64" */
export function nameHost({ platform, arch }: Pick<RunnerHost, "platform" | "arch">): string {
  return `${platforms[platform] ?? platform}, ${arch}`;
}

/** "Claude Code 2.1.4": the program's name on the board with what it says of itself. */
export function nameOffer({ type, version, label }: OfferedAdapter, labels: Record<string, string>): string {
  const name = label ?? labels[type] ?? spell(type.replace(/_local$/, ""));
  const number = version === null ? null : /\d+(\.\d+)+\S*/.exec(version)?.[0];
  return number ? `${name} ${number}` : name;
}

/** "Claude Code 2.1.4, Codex and 3 more", short enough for a row. */
export function listOffers(offers: readonly OfferedAdapter[], labels: Record<string, string>, most: number): string {
  const names = offers.map((offer) => nameOffer(offer, labels));
  const rest = names.length - most;
  return rest > 1 ? `${names.slice(0, most).join(", ")} and ${rest} more` : names.join(", ");
}
