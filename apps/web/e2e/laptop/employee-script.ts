import type { Conversation, ModelScript, ModelTurn } from "@boardroom/testing/model-server";

export interface Employee {
  script: ModelScript;
  /** Everything that the model was told. */
  heard(): string;
}

/** How a program's tools are called by its model. */
export interface Tools {
  /** Runs a command in a shell. */
  shell(command: string): ModelTurn;
  /** Reads a skill that the program names without a path; null where it always gives the path. */
  openSkill: ((key: string) => ModelTurn) | null;
}

const usage = { inputTokens: 1200, cachedInputTokens: 400, outputTokens: 60 };
const call = (method: string, path: string, body: string) =>
  `curl -sS -X ${method} "$PAPERCLIP_API_URL/api${path}" -H "Authorization: Bearer $PAPERCLIP_API_KEY" ` +
  `-H "X-Paperclip-Run-Id: $PAPERCLIP_RUN_ID" -H "Content-Type: application/json" -d '${body}'`;

/**
 * What a model would do that reads its skill and follows it: checks out, edits a file, commits, comments and is done; the
 * last words are `farewell`.
 */
export function workOnIssue(tools: Tools, farewell: string): Employee {
  const statuses = '["todo","in_progress","in_review","blocked"]';
  const steps: ((conversation: Conversation) => ModelTurn)[] = [
    (conversation) => readSkill(tools, conversation),
    () => tools.shell(call("POST", "/issues/$PAPERCLIP_TASK_ID/checkout", checkoutBody(statuses))),
    () =>
      tools.shell(
        "printf 'Ravier 12.40\\n' >> prices.txt && git add prices.txt && git commit -qm 'Add the price of Ravier' && git log --oneline -1",
      ),
    () =>
      tools.shell(
        call(
          "PATCH",
          "/issues/$PAPERCLIP_TASK_ID",
          '{"status":"done","comment":"Ravier is in prices.txt; next: the other suppliers."}',
        ),
      ),
    () => ({ text: farewell }),
  ];
  return playSteps(steps);
}

const checkoutBody = (statuses: string) => `{"agentId":"'$PAPERCLIP_AGENT_ID'","expectedStatuses":${statuses}}`;

/** What a model says to a comment, once it has read it. */
export const answerOnly = (words: string): Employee => playSteps([() => ({ text: words })]);

function readSkill(tools: Tools, { text }: Conversation): ModelTurn {
  const path = /[^\s"'`<>()]*boardroom\/SKILL\.md/.exec(text)?.[0];
  if (path) return tools.shell(`cat "${path}"`);
  if (!tools.openSkill) throw new Error("The conversation names no skill");
  return tools.openSkill("boardroom");
}

function playSteps(steps: readonly ((conversation: Conversation) => ModelTurn)[]): Employee {
  const heard: string[] = [];
  let next = 0;
  return {
    script(conversation) {
      // A program's side questions, such as for a title.
      if (conversation.tools.length === 0) return { text: "ok" };
      heard.push(conversation.text);
      const step = steps[Math.min(next, steps.length - 1)];
      next += 1;
      return { usage, ...step?.(conversation) };
    },
    heard: () => heard.join("\n"),
  };
}
