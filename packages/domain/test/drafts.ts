import { type AgentDraft, agentDraft } from "@boardroom/contract";
import type { z } from "zod";

/** A draft of an http agent as the door would parse it. */
export const draftOf = (name: string, fields: Partial<z.input<typeof agentDraft>> = {}): AgentDraft =>
  agentDraft.parse({ name, adapterConfig: { url: "https://agents.example.com/hook" }, ...fields });
