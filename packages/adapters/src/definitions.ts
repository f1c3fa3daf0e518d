import type { AdapterDefinition } from "./definition.ts";
import { edgeAdapters } from "./edge-adapters.ts";
import { localDefinitions } from "./local/definitions.ts";

/** Every kind of agent that is known everywhere. A runner may offer others. */
export const adapterDefinitions: readonly AdapterDefinition[] = [...edgeAdapters, ...localDefinitions];

/** The definition of a kind of agent; undefined for one that only some runner knows. */
export const findAdapter = (type: string): AdapterDefinition | undefined =>
  adapterDefinitions.find((known) => known.type === type);
