import type { ConfigRevision } from "@boardroom/contract";
import { formatMoney } from "./money.ts";

export interface ConfigChange {
  key: string;
  label: string;
  before: string;
  after: string;
}

const labels: Record<string, string> = {
  name: "Name",
  role: "Role",
  title: "Title",
  icon: "Icon",
  reportsTo: "Manager",
  capabilities: "What it can do",
  adapterType: "Kind",
  adapterConfig: "Settings of its kind",
  runtimeConfig: "Schedule and machine",
  contextMode: "Context",
  budgetMonthlyCents: "Monthly budget",
  permissions: "Permissions",
  metadata: "Metadata",
  instructionsVersion: "Instructions",
};

/** What a revision changed, in words; settings inside settings are compared one by one. */
export function configChanges(
  revision: Pick<ConfigRevision, "changedKeys" | "beforeConfig" | "afterConfig">,
  names: Record<string, string>,
): ConfigChange[] {
  return revision.changedKeys.flatMap((key) => {
    const [before, after] = [revision.beforeConfig[key], revision.afterConfig[key]];
    const label = labels[key] ?? key;
    return isRecord(before) && isRecord(after)
      ? innerChanges(key, label, [before, after], names)
      : [{ key, label, ...spelled(key, before, after, names) }];
  });
}

type Settings = Record<string, unknown>;

function innerChanges(
  key: string,
  label: string,
  [before, after]: [Settings, Settings],
  names: Record<string, string>,
): ConfigChange[] {
  const inner = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return inner.flatMap((each) => {
    const [was, is] = [before[each], after[each]];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    const path = `${key}.${each}`;
    // Deeper ones stand under the name that is nearest to them.
    if (isRecord(was) && isRecord(is)) return innerChanges(path, spellKey(each), [was, is], names);
    return [{ key: path, label: `${label}: ${spellKey(each).toLowerCase()}`, ...spelled(each, was, is, names) }];
  });
}

/** What a revision changed, by the names of its settings alone. */
export const nameChanges = ({ changedKeys }: Pick<ConfigRevision, "changedKeys">): string =>
  changedKeys.map((key) => (labels[key] ?? key).toLowerCase()).join(", ");

/** "intervalSec" as "Interval sec". */
function spellKey(key: string): string {
  const words = key.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const spelled = (key: string, before: unknown, after: unknown, names: Record<string, string>) => ({
  before: spell(key, before, names),
  after: spell(key, after, names),
});

function spell(key: string, value: unknown, names: Record<string, string>): string {
  if (key === "budgetMonthlyCents") return typeof value === "number" ? formatMoney(value) : "no limit";
  if (key === "instructionsVersion") return typeof value === "number" ? `version ${value}` : "none";
  if (key.endsWith("Cents") && typeof value === "number") return formatMoney(value);
  if (value === null || value === undefined || value === "") return "nothing";
  if (key === "reportsTo") return names[String(value)] ?? "somebody who left";
  if (typeof value === "boolean") return value ? "yes" : "no";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function isRecord(value: unknown): value is Settings {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
