/** What a program asked the model, whichever API it spoke. */
export interface Conversation {
  dialect: string;
  model: string;
  system: string;
  messages: readonly ConversationMessage[];
  /** Names of the tools that it offers; without any it is a side question, such as for a title. */
  tools: readonly string[];
  /** Tool results since the last words of the user: how far the work on them is. */
  step: number;
  /** All that was said to the model, for tests that look for words in it. */
  text: string;
  headers: Readonly<Record<string, string>>;
  body: unknown;
}

export interface ConversationMessage {
  role: "user" | "assistant" | "tool_call" | "tool_result";
  text: string;
}

/** What the model answers. */
export interface ModelTurn {
  thinking?: string;
  text?: string;
  toolCalls?: readonly ModelToolCall[];
  usage?: { inputTokens?: number; cachedInputTokens?: number; outputTokens?: number };
  /** Refuses instead, with this status. */
  error?: { status: number; type: string; message: string; headers?: Record<string, string> };
  /** Waits for this before it answers. */
  after?: Promise<unknown>;
}

export interface ModelToolCall {
  name: string;
  input: Record<string, unknown>;
}

/** Decides what the model says, from all that was said before. */
export type ModelScript = (conversation: Conversation) => ModelTurn | Promise<ModelTurn>;

/** How one kind of API is spoken. */
export interface Dialect {
  name: string;
  /** Whether a request is for the model in this API; everything else is answered 404. */
  matches(method: string, path: string): boolean;
  read(body: unknown, path: string): Omit<Conversation, "headers" | "body" | "step" | "text" | "dialect">;
  /** The whole answer; server-sent events as one text. */
  write(turn: ModelTurn, request: { body: unknown; path: string; id: string }): { contentType: string; body: string };
  writeError(error: NonNullable<ModelTurn["error"]>): string;
}

/** Counts tool results since the user's last words. */
export function countSteps(messages: readonly ConversationMessage[]): number {
  const lastWords = messages.findLastIndex(({ role }) => role === "user");
  return messages.slice(lastWords + 1).filter(({ role }) => role === "tool_result").length;
}

/** Plays turns one after the other, the last one again and again; side questions are answered with a word. */
export function playTurns(...turns: readonly ModelTurn[]): ModelScript {
  let next = 0;
  return ({ tools }) => {
    if (tools.length === 0) return { text: "ok" };
    const turn = turns[Math.min(next, turns.length - 1)] ?? { text: "Done." };
    next += 1;
    return turn;
  };
}
