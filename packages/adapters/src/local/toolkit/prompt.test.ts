import { describe, expect, it } from "vitest";
import { replay } from "../../../test/replay-context.ts";
import { runJob } from "../../../test/run-job.ts";
import { buildPrompt } from "./prompt.ts";
import { renderTemplate, templateValues } from "./template.ts";

const job = runJob(
  { type: "process", config: {} },
  { context: { commentId: "c-1", approvalId: "a-1", approvalStatus: "approved" } },
);
const render = (template: string) => renderTemplate(template, templateValues({ job, cwd: "/home/ada/roof" }));

describe("a prompt template", () => {
  it("is filled with what is known of the run", () => {
    expect(
      render("{{agent.name}} ({{ agent.role }}) at {{company.name}}: {{task.identifier}} {{context.commentId}}"),
    ).toEqual({
      text: "Ada (engineer) at Acme: ACME-7 c-1",
      unknown: [],
    });
    expect(
      render("{{agentId}} {{companyId}} {{runId}} {{run.attempt}} {{workspace.cwd}} {{workspace.branch}}").text,
    ).toBe(`${job.agent.id} ${job.company.id} ${job.run.id} 1 /home/ada/roof `);
    expect(render("{{context}}").text).toContain('"approvalStatus":"approved"');
  });

  it("tells which names it doesn't know, and leaves their place empty", () => {
    expect(render("a{{agent.salary}}b{{nobody}}c{{context.missing}}d{{agent.salary}}")).toEqual({
      text: "abcd",
      unknown: ["agent.salary", "nobody"],
    });
  });

  it("reaches nothing but values, and fills only once", () => {
    for (const name of ["constructor", "__proto__", "agent.constructor.name", "agent.name.length", "toString"]) {
      expect(render(`<{{${name}}}>`).text).toBe("<>");
    }
    const tricky = { ...job, company: { ...job.company, name: "{{runToken}} $& {{agent.name}}" } };
    expect(renderTemplate("{{company.name}}", templateValues({ job: tricky, cwd: "/" })).text).toBe(
      "{{runToken}} $& {{agent.name}}",
    );
    expect(render("{{runToken}}{{job.secrets}}").text).toBe("");
  });
});

describe("the prompt of a run", () => {
  const options = { instructions: "inline", skills: "named" } as const;

  it("says why it was woken, for what, and how a run goes", async () => {
    const { prompt } = await buildPrompt(replay(job, []), {}, options);
    expect(prompt).toContain("You are Ada, engineer at Acme.");
    expect(prompt).toContain("woken by assignment: issue assigned");
    expect(prompt).toContain("ACME-7");
    expect(prompt).toContain("comment c-1");
    expect(prompt).toContain("approval a-1, now approved");
    expect(prompt).not.toContain("{{");
    expect(prompt).not.toContain(job.runToken);
  });

  it("begins with what the board wrote for the agent, and says where the rest of it lies", async () => {
    const instructions = [
      { path: "AGENTS.md", content: "You bake bread." },
      { path: "recipes/rye.md", content: "80 % hydration." },
    ];
    const context = replay({ ...job, instructions }, []);
    const { prompt } = await buildPrompt(context, {}, options);
    expect(prompt.startsWith("You bake bread.")).toBe(true);
    expect(prompt).toContain(`- ${context.skillsDir}/_instructions/recipes/rye.md`);
    expect(prompt).not.toContain("80 % hydration.");
    const apart = await buildPrompt(context, {}, { ...options, instructions: "separate" });
    expect(apart.instructions).toContain("You bake bread.");
    expect(apart.prompt).not.toContain("You bake bread.");
  });

  it("keeps to the inbox when no task is named, and says that it is not the first attempt", async () => {
    const idle = { ...job, task: null, context: {}, run: { ...job.run, attempt: 2 } };
    const { prompt } = await buildPrompt(replay(idle, []), {}, options);
    expect(prompt).toContain("look at your inbox");
    expect(prompt).toContain("attempt 2");
  });

  it("holds the instructions file, or says that it is missing", async () => {
    const config = { promptTemplate: "Go.", instructionsFilePath: "AGENTS.md" };
    const there = replay(job, [], { readFile: async (path) => (path === "AGENTS.md" ? "Be brief." : null) });
    expect((await buildPrompt(there, config, options)).prompt).toBe("Be brief.\n\nGo.");
    expect(await buildPrompt(there, config, { ...options, instructions: "separate" })).toEqual({
      prompt: "Go.",
      instructions: "Be brief.",
    });
    expect((await buildPrompt(replay(job, []), config, options)).prompt).toContain("AGENTS.md could not be read");
  });

  it("names each skill with its file and what it is for", async () => {
    const content = "---\nname: roofing\ndescription: Mends roofs\n---\nBody";
    const skilled = {
      ...job,
      skills: [
        { key: "roofing", files: [{ path: "SKILL.md", content }] },
        { key: "bare", files: [] },
      ],
    };
    const { prompt } = await buildPrompt(replay(skilled, []), { promptTemplate: "Go." }, options);
    expect(prompt).toContain("- roofing: /tmp/skills/roofing/SKILL.md: Mends roofs");
    expect(prompt).toContain("- bare: /tmp/skills/bare/SKILL.md");
    expect(prompt).not.toContain("Body");
  });
});
