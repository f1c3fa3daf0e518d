import type { ToolEffect } from "@boardroom/contract";
import type { Tone } from "../ui/notice.tsx";

export const toolEffects: Record<ToolEffect, { label: string; tone: Tone }> = {
  allow: { label: "Allow", tone: "good" },
  ask: { label: "Ask me", tone: "attention" },
  deny: { label: "Deny", tone: "bad" },
};
