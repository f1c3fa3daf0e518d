import { anthropicMessages } from "./anthropic-messages.ts";
import type { Dialect } from "./conversation.ts";
import { geminiGenerateContent } from "./gemini-generate-content.ts";
import { openaiChat } from "./openai-chat.ts";
import { openaiResponses } from "./openai-responses.ts";

/** The APIs that the scripted model speaks. */
export const dialects: readonly Dialect[] = [anthropicMessages, openaiResponses, openaiChat, geminiGenerateContent];
