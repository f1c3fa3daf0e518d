import * as z from "zod";
import { adapterInfo, adapterModel, adapterType, environmentReport } from "../entities/adapter.ts";
import { operation } from "../operation.ts";
import { companyParams, id, metadata } from "../primitives.ts";

const tag = "Adapters";
const everyone = ["user", "agent", "run"] as const;
const inCompany = { locate: { by: "company", param: "cid" }, tag, callers: everyone } as const;
const ofType = z.object({ cid: id, type: adapterType });

export const adapterOperations = {
  "adapters.list": operation({
    method: "GET",
    path: "/adapters",
    summary: "Every kind of agent that is known everywhere",
    tag,
    callers: ["public"],
    effect: "read",
    locate: { by: "actor" },
    output: z.array(adapterInfo),
    status: 200,
  }),
  "adapters.configSchema": operation({
    method: "GET",
    path: "/adapters/:type/config-schema",
    summary: "JSON Schema of a kind's configuration",
    tag,
    callers: ["public"],
    effect: "read",
    locate: { by: "actor" },
    params: z.object({ type: adapterType }),
    output: z.record(z.string(), z.unknown()),
    status: 200,
    errors: ["not_found"],
  }),
  "adapters.inCompany": operation({
    ...inCompany,
    method: "GET",
    path: "/companies/:cid/adapters",
    summary: "Every kind of agent that the company can have, also those that only its runners know",
    effect: "read",
    params: companyParams,
    output: z.array(adapterInfo),
    status: 200,
  }),
  "adapters.models": operation({
    ...inCompany,
    method: "GET",
    path: "/companies/:cid/adapters/:type/models",
    summary: "Models to offer for a kind of agent; another one may be written",
    effect: "read",
    params: ofType,
    output: z.array(adapterModel),
    status: 200,
    errors: ["not_found"],
  }),
  "adapters.testEnvironment": operation({
    ...inCompany,
    callers: ["user"],
    method: "POST",
    path: "/companies/:cid/adapters/:type/test-environment",
    summary: "Look, without running anything, at whether an agent would work; answers within half a minute",
    role: "operator",
    effect: "write",
    params: ofType,
    body: z.strictObject({
      adapterConfig: metadata.optional().describe("The agent's own when left out"),
      agentId: id.optional(),
      runnerId: id.optional().describe("Whose machine is looked at; any that offers it when left out"),
    }),
    output: environmentReport,
    status: 200,
    errors: ["not_found", "invalid_reference", "invalid_request"],
  }),
} as const;
