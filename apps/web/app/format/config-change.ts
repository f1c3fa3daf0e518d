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
    if (!isRecord(before) || !isRecord(after)) return [{ key, label, ...spelled(key, before, after, names) }];
    const inner = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return inner
      .filter((each) => JSON.stringify(before[each]) !== JSON.stringify(after[each]))
      .map((each) => ({
        key: `${key}.${each}`,
        label: `${label}: ${each}`,
        ...spelled(each, before[each], after[each], names),
      }));
  });
}

const spelled = (key: string, before: unknown, after: unknown, names: Record<string, string>) => ({
  before: spell(key, before, names),
  after: spell(key, after, names),
});

function spell(key: string, value: unknown, names: Record<string, string>): string {
  if (key === "budgetMonthlyCents") return typeof value === "number" ? formatMoney(value) : "no limit";
  if (key === "instructionsVersion") return typeof value === "number" ? `version ${value}` : "none";
  if (value === null || value === undefined || value === "") return "nothing";
  if (key === "reportsTo") return names[String(value)] ?? "somebody who left";
  if (typeof value === "boolean") return value ? "yes" : "no";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
