import type { ConversationMessage, Dialect, ModelTurn } from "./conversation.ts";
import { object, objects, sse, string } from "./json.ts";

const place = /^\/v1(?:beta|alpha)?\/models\/([^/:]+):(generateContent|streamGenerateContent|countTokens)$/;

/** `POST /v1beta/models/<model>:generateContent` and `:streamGenerateContent` of Google's Gemini API. */
export const geminiGenerateContent: Dialect = {
  name: "gemini-generate-content",
  matches: (method, path) => method === "POST" && place.test(path),
  read(body, path) {
    const { systemInstruction, contents, tools } = object(body);
    return {
      model: place.exec(path)?.[1] ?? "",
      system: textOf(object(systemInstruction).parts),
      messages: objects(contents).flatMap(({ role, parts }) =>
        readParts(role === "model" ? "assistant" : "user", parts),
      ),
      tools: objects(tools).flatMap(({ functionDeclarations }) =>
        objects(functionDeclarations).map(({ name }) => string(name)),
      ),
    };
  },
  write(turn, { path, id }) {
    const [, model = "", method] = place.exec(path) ?? [];
    if (method === "countTokens") return { contentType: "application/json", body: '{"totalTokens":100}' };
    const response = writeResponse(turn, id, model);
    if (method === "generateContent") return { contentType: "application/json", body: JSON.stringify(response) };
    return { contentType: "text/event-stream", body: sse([[null, response]]) };
  },
  writeError: ({ status, type, message }) => JSON.stringify({ error: { code: status, status: type, message } }),
};

function readParts(role: "user" | "assistant", parts: unknown): ConversationMessage[] {
  return objects(parts).flatMap((part): ConversationMessage[] => {
    const { functionCall, functionResponse, text } = part;
    if (functionCall) {
      const { name, args } = object(functionCall);
      return [{ role: "tool_call", text: `${string(name)} ${JSON.stringify(args)}` }];
    }
    if (functionResponse) return [{ role: "tool_result", text: JSON.stringify(object(functionResponse).response) }];
    return string(text) === "" ? [] : [{ role, text: string(text) }];
  });
}

const textOf = (parts: unknown): string =>
  objects(parts)
    .map(({ text }) => string(text))
    .join("\n");

function writeResponse({ thinking, text, toolCalls = [], usage }: ModelTurn, id: string, model: string) {
  const parts: Record<string, unknown>[] = [];
  if (thinking) parts.push({ text: thinking, thought: true });
  if (text) parts.push({ text });
  for (const [at, { name, input }] of toolCalls.entries()) {
    parts.push({ functionCall: { id: `call_${id}${at}`, name, args: input } });
  }
  const promptTokenCount = usage?.inputTokens ?? 100;
  const candidatesTokenCount = usage?.outputTokens ?? 10;
  return {
    candidates: [{ index: 0, content: { role: "model", parts }, finishReason: "STOP" }],
    usageMetadata: {
      promptTokenCount,
      candidatesTokenCount,
      cachedContentTokenCount: usage?.cachedInputTokens ?? 0,
      totalTokenCount: promptTokenCount + candidatesTokenCount,
    },
    modelVersion: model,
    responseId: id,
  };
}
