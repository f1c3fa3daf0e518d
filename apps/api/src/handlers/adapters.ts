import { adapterDefinitions, adapterInfoOf, configSchemaOf, findAdapter } from "@boardroom/adapters";
import { type Ctx, infoOfOffered, listOfferedAdapters, testEnvironment } from "@boardroom/domain";
import { notFound } from "../answer.ts";
import type { HandlersOf } from "./handler.ts";

const known = adapterDefinitions.map(adapterInfoOf);

export const adapterHandlers: HandlersOf<"adapters"> = {
  "adapters.list": async () => known,
  "adapters.configSchema": async (_, { type }) => {
    const adapter = findAdapter(type);
    if (!adapter) throw notFound();
    return configSchemaOf(adapter);
  },
  "adapters.inCompany": listInCompany,
  "adapters.models": async (ctx, { type }) => {
    const adapter = (await listInCompany(ctx)).find((each) => each.type === type);
    if (!adapter) throw notFound();
    return adapter.models;
  },
  "adapters.testEnvironment": testEnvironment,
};

/** Those that are known everywhere, with the models that the company's runners know beside, and those that only a runner knows. */
async function listInCompany(ctx: Ctx) {
  const offered = await listOfferedAdapters(ctx);
  const withModels = known.map((info) => {
    const more = offered.find(({ type }) => type === info.type)?.models ?? [];
    return {
      ...info,
      models: [...info.models, ...more.filter(({ id }) => info.models.every((each) => each.id !== id))],
    };
  });
  return [...withModels, ...offered.filter(({ type }) => !findAdapter(type)).map(infoOfOffered)];
}
