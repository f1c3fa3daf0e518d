import type { AdapterCapabilities, AdapterModel } from "@boardroom/contract";
import type { z } from "zod";
import type { TranscriptParser } from "./transcript.ts";

/** What everybody may know of a kind of agent runtime: the Worker, the board, the runner. Holds nothing that runs. */
export interface AdapterDefinition {
  readonly type: string;
  /** As the board names it. */
  readonly label: string;
  readonly place: "edge" | "runner";
  /** What the form offers; another model may be typed. */
  readonly models: readonly AdapterModel[];
  readonly capabilities: AdapterCapabilities;
  /**
   * What an agent of this kind is configured with. Each field has a `description`, which is the form's hint and a line of
   * the guidance, and a `title` by `.meta({ title })`.
   */
  readonly configSchema: z.ZodObject;
  /** Markdown for agents who configure agents: when to use it, when not, and what to set. Fields are listed from the schema. */
  readonly guidance: string;
  /** Reads the logs that such agents write. */
  readonly parseTranscript: TranscriptParser;
}
