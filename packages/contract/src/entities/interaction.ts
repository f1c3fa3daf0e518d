import * as z from "zod";
import { interactionKinds, interactionStatuses, issuePriorities } from "../enums.ts";
import { id, instant, jsonObject, name, text } from "../primitives.ts";

export const maxSuggestedTasks = 50;

/** What a thing inside a payload is called, so that an answer or another thing can name it. */
const key = text(80).min(1);
const keyIn = (what: string) => key.describe(`The ${what}`);
const hasTwice = (keys: readonly string[]): boolean => new Set(keys).size < keys.length;

const shared = {
  version: z.literal(1),
  target: jsonObject(8000)
    .optional()
    .describe("What it is about. A new question of the same kind and target takes the older one's place"),
  supersedeOnUserComment: z.boolean().optional().describe("A person's comment makes it stale; who asked is told"),
};

/** What an agent asks the board to say yes or no to. */
export const requestConfirmation = z
  .strictObject({
    ...shared,
    prompt: text(8000).min(1),
    acceptLabel: text(80).optional(),
    rejectLabel: text(80).optional(),
  })
  .meta({ id: "RequestConfirmation" });

const suggestedTask = z.strictObject({
  clientKey: keyIn("task's name inside the suggestion"),
  title: name(500),
  description: text(20_000).nullable().optional(),
  priority: z.enum(issuePriorities).optional(),
  parentClientKey: key.nullable().optional().describe("Left out it stands below the issue itself"),
  assigneeAgentId: id.nullable().optional(),
  blockedByClientKeys: z.array(key).max(20).optional().describe("What has to be done first"),
});

/** Tasks that become issues once the board accepts them, all or some. */
export const suggestTasks = z
  .strictObject({
    ...shared,
    prompt: text(8000).optional(),
    tasks: z.array(suggestedTask).min(1).max(maxSuggestedTasks),
  })
  .superRefine(({ tasks }, context) => {
    const problem = wrongTask(tasks);
    if (problem) context.addIssue({ code: "custom", path: ["tasks", problem.index], message: problem.message });
  })
  .meta({ id: "SuggestTasks" });

const option = z.strictObject({ id: key, label: text(300).min(1), description: text(1000).optional() });
const question = z
  .strictObject({
    id: key,
    prompt: text(4000).min(1),
    selectionMode: z.enum(["single", "multi"]),
    options: z.array(option).min(1).max(20),
    allowOther: z.boolean().optional().describe("Whether words of one's own may be given; yes when left out"),
    required: z.boolean().optional().describe("Yes when left out"),
  })
  .refine(({ options }) => !hasTwice(options.map((each) => each.id)), "has two options of one id");

/** Questions with options, answered together. */
export const askUserQuestions = z
  .strictObject({
    ...shared,
    prompt: text(8000).optional(),
    questions: z
      .array(question)
      .min(1)
      .max(10)
      .refine((all) => !hasTwice(all.map((each) => each.id)), "holds two questions of one id"),
  })
  .meta({ id: "AskUserQuestions" });

/** A list of which the board ticks what it wants. */
export const requestCheckboxConfirmation = z
  .strictObject({
    ...shared,
    prompt: text(8000).min(1),
    items: z
      .array(z.strictObject({ id: key, label: text(500).min(1), checked: z.boolean().optional() }))
      .min(1)
      .max(50)
      .refine((all) => !hasTwice(all.map((each) => each.id)), "holds two items of one id"),
    acceptLabel: text(80).optional(),
  })
  .meta({ id: "RequestCheckboxConfirmation" });

export const interactionPayloads = {
  request_confirmation: requestConfirmation,
  suggest_tasks: suggestTasks,
  ask_user_questions: askUserQuestions,
  request_checkbox_confirmation: requestCheckboxConfirmation,
} as const satisfies Record<(typeof interactionKinds)[number], z.ZodType>;

export const interactionAnswer = z
  .strictObject({
    questionId: key,
    optionIds: z.array(key).max(20).default([]),
    otherText: text(4000).nullable().optional().describe("Words of one's own"),
  })
  .meta({ id: "InteractionAnswer" });

export const interaction = z
  .object({
    id,
    companyId: id,
    issueId: id,
    kind: z.enum(interactionKinds),
    status: z.enum(interactionStatuses),
    payload: z.record(z.string(), z.unknown()),
    result: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe("`outcome` and `note`; of tasks `createdTasks`, of questions `answers`, of a list `checked`"),
    idempotencyKey: z.string().nullable(),
    createdByAgentId: id.nullable(),
    createdByUserId: z.string().nullable(),
    resolvedByUserId: z.string().nullable(),
    resolvedAt: instant.nullable(),
    expiresAt: instant,
    createdAt: instant,
  })
  .meta({ id: "Interaction" });

/** A question in a company's list, with the names that a card shows. */
export const interactionListItem = interaction
  .extend({ issueIdentifier: z.string(), issueTitle: z.string(), createdByAgentName: z.string().nullable() })
  .meta({ id: "InteractionListItem" });

type Task = z.infer<typeof suggestedTask>;

/** The first task that is named twice, names no other, or closes a circle. */
function wrongTask(tasks: readonly Task[]): { index: number; message: string } | null {
  const keys = tasks.map(({ clientKey }) => clientKey);
  if (hasTwice(keys))
    return { index: keys.findIndex((each, at) => keys.indexOf(each) < at), message: "has the key of another task" };
  const byKey = new Map(tasks.map((task) => [task.clientKey, task]));
  const parents = ({ parentClientKey }: Task) => (parentClientKey ? [parentClientKey] : []);
  const blockers = ({ blockedByClientKeys }: Task) => blockedByClientKeys ?? [];
  for (const [index, task] of tasks.entries()) {
    if ([...parents(task), ...blockers(task)].some((each) => !byKey.has(each)))
      return { index, message: "names a task that is not there" };
    if (reaches(task, parents, byKey)) return { index, message: "stands below itself" };
    if (reaches(task, blockers, byKey)) return { index, message: "waits for itself" };
  }
  return null;
}

/** Whether a task comes back to itself by its links. */
function reaches(task: Task, linksOf: (task: Task) => string[], byKey: ReadonlyMap<string, Task>): boolean {
  const seen = new Set<string>();
  const open = [...linksOf(task)];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === task.clientKey) return true;
    const link = seen.has(next) ? undefined : byKey.get(next);
    seen.add(next);
    if (link) open.push(...linksOf(link));
  }
  return false;
}

export type Interaction = z.infer<typeof interaction>;
export type InteractionListItem = z.infer<typeof interactionListItem>;
export type InteractionAnswer = z.infer<typeof interactionAnswer>;
export type RequestConfirmation = z.infer<typeof requestConfirmation>;
export type SuggestTasks = z.infer<typeof suggestTasks>;
export type AskUserQuestions = z.infer<typeof askUserQuestions>;
export type RequestCheckboxConfirmation = z.infer<typeof requestCheckboxConfirmation>;
