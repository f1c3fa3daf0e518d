import type { AdapterInfo, AdapterModel, Company } from "@boardroom/contract";
import { type ConfigField, readConfigSchema } from "../forms/config-schema.ts";
import type { CompanyActionArgs } from "./board.ts";

/** What a form needs to configure one kind of agent. */
export interface AdapterForm {
  type: string;
  label: string;
  place: AdapterInfo["place"];
  fields: ConfigField[];
  models: AdapterModel[];
  supportsSessions: boolean;
}

type Api = CompanyActionArgs["api"];

export function listAdapters(api: Api, company: Company): Promise<AdapterInfo[]> {
  return api.call("adapters.inCompany", { params: { cid: company.id } });
}

/** The form of one kind; of one that no machine offers any more its configuration can still be edited as JSON. */
export function toAdapterForm(adapters: readonly AdapterInfo[], type: string): AdapterForm {
  const known = adapters.find((adapter) => adapter.type === type);
  if (!known) return { type, label: type, place: "runner", fields: [], models: [], supportsSessions: false };
  const { label, place, configSchema, models, capabilities } = known;
  const fields = readConfigSchema(configSchema);
  return { type, label, place, fields, models, supportsSessions: capabilities.supportsSessions };
}

/** The machines that an agent may be tied to, by name. */
export async function listMachines(api: Api, company: Company): Promise<Machine[]> {
  const runners = await api.call("runners.list", { params: { cid: company.id }, query: { limit: 200 } });
  return runners
    .filter(({ status }) => status !== "revoked")
    .map(({ id, name, labels }) => ({ id, name, labels }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

export interface Machine {
  id: string;
  name: string;
  labels: string[];
}
