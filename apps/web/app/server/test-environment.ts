import type { Agent, EnvironmentReport } from "@boardroom/contract";
import { readConfig } from "../forms/config-form.ts";
import { keepValues } from "../forms/failure.ts";
import { readOptional } from "../forms/read.ts";
import type { AdapterForm } from "./adapters.ts";
import type { CompanyActionArgs } from "./board.ts";

/** What a look at an agent's environment found, with what stood in the form, which is not sent yet. */
export interface Tested {
  report: EnvironmentReport;
  values: Record<string, string>;
}

/** Looks at whether an agent would work with what the form says; a form without settings asks about the agent's own. */
export async function testEnvironment(
  { api, company, form }: CompanyActionArgs,
  adapter: AdapterForm,
  agent?: Agent,
): Promise<Tested> {
  const runnerId = readOptional(form, "runnerId") ?? agent?.runtimeConfig.runner?.runnerId;
  const report = await api.call("adapters.testEnvironment", {
    params: { cid: company.id, type: adapter.type },
    body: {
      ...(form.has("adapterType") && { adapterConfig: readConfig(form, adapter.fields, agent?.adapterConfig) }),
      ...(agent && { agentId: agent.id }),
      ...(runnerId && { runnerId }),
    },
  });
  return { report, values: keepValues(form) };
}
