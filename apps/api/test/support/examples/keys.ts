import { word } from "../tenant.ts";
import type { ExamplesOf } from "./example.ts";

export const keyExamples: ExamplesOf<"boardKeys" | "agentKeys"> = {
  "boardKeys.list": () => ({}),
  "boardKeys.create": () => ({ body: { name: word() } }),
  "boardKeys.revoke": async (t, as) => {
    const { id } = await t.clients[as].call("boardKeys.create", { body: { name: word() } });
    return { params: { id } };
  },
  "agentKeys.list": (t) => ({ params: { id: t.ids.agent } }),
  "agentKeys.create": (t) => ({ params: { id: t.ids.agent }, body: { name: word() } }),
  "agentKeys.revoke": async (t) => {
    const id = t.ids.agent;
    const key = await t.board.call("agentKeys.create", { params: { id }, body: { name: word() } });
    return { params: { id, kid: key.id } };
  },
};
