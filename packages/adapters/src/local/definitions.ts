import type { AdapterDefinition } from "../definition.ts";

/** Every kind of agent that a runner starts. */
export const localDefinitions: readonly AdapterDefinition[] = [];
