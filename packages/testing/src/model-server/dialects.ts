import { anthropicMessages } from "./anthropic-messages.ts";
import type { Dialect } from "./conversation.ts";
import { openaiResponses } from "./openai-responses.ts";

/** The APIs that the scripted model speaks. */
export const dialects: readonly Dialect[] = [anthropicMessages, openaiResponses];
