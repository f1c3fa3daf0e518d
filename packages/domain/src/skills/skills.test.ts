import { agentSkill, companySkill, companySkillItem } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { addAgent } from "../../test/working-agents.ts";
import * as skills from "./index.ts";
import { maxSkillChars } from "./limits.ts";
import { readFrontMatter } from "./read-front-matter.ts";

const db = useDomainDatabase();
const draft = (key: string, content = "# How") => ({
  key,
  name: key,
  description: `About ${key}`,
  files: [{ path: "SKILL.md", content }],
});

describe("a company's skills", () => {
  it("are what its runs get beside Boardroom's own, as long as they are enabled", async () => {
    const { board } = await db.newTenant();
    expect(companySkill.parse(await skills.createSkill(board, draft("deploy")))).toMatchObject({
      key: "deploy",
      isEnabled: true,
    });
    await skills.createSkill(board, { ...draft("drafts"), isEnabled: false });
    expect((await skills.skillsOf(board)).map(({ key, files }) => [key, files.length])).toEqual([
      ["boardroom", 1],
      ["deploy", 1],
    ]);
    await skills.replaceSkill(board, { key: "drafts", isEnabled: true });
    await skills.createSkill(board, draft("boardroom", "# Ours"));
    const given = await skills.skillsOf(board);
    expect(given.map(({ key }) => key)).toEqual(["boardroom", "deploy", "drafts"]);
    expect(given[0]?.files[0]?.content).toBe("# Ours");
  });

  it("are listed by key without their files", async () => {
    const { board } = await db.newTenant();
    for (const key of ["b", "a-2", "a"]) await skills.createSkill(board, draft(key));
    const first = await skills.listSkills(board, { limit: 2 });
    expect(
      first.items
        .map((item) => companySkillItem.parse(item))
        .map(({ key, fileCount, chars }) => [key, fileCount, chars]),
    ).toEqual([
      ["a", 1, 13],
      ["a-2", 1, 13],
    ]);
    const second = await skills.listSkills(board, { limit: 2, cursor: first.nextCursor ?? "" });
    expect(second.items.map(({ key }) => key)).toEqual(["b"]);
  });

  it("are replaced in parts, deleted, and another company's don't exist", async () => {
    const [mine, theirs] = [await db.newTenant(), await db.newTenant()];
    await skills.createSkill(mine.board, draft("deploy"));
    const changed = await skills.replaceSkill(mine.board, { key: "deploy", description: "Slowly" });
    expect(changed).toMatchObject({ description: "Slowly", name: "deploy", files: [{ path: "SKILL.md" }] });
    const missing = { code: "not_found" };
    await expect(skills.getSkill(theirs.board, { key: "deploy" })).rejects.toMatchObject(missing);
    await expect(skills.replaceSkill(theirs.board, { key: "deploy", name: "X" })).rejects.toMatchObject(missing);
    await expect(skills.deleteSkill(theirs.board, { key: "deploy" })).rejects.toMatchObject(missing);
    await skills.deleteSkill(mine.board, { key: "deploy" });
    await expect(skills.getSkill(mine.board, { key: "deploy" })).rejects.toMatchObject(missing);
  });

  it("have keys of their own and fit into their room together, also when many come at once", async () => {
    const { board } = await db.newTenant();
    const big = "x".repeat(90_000);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) => skills.createSkill(board, draft(`s${n}`, big))),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(Math.floor(maxSkillChars / 90_008));
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason.code).toBe("payload_too_large");
    const [taken] = (await skills.listSkills(board, { limit: 1 })).items;
    await expect(skills.createSkill(board, draft(taken?.key ?? ""))).rejects.toMatchObject({ code: "already_exists" });
    const files = [
      { path: "SKILL.md", content: "y".repeat(99_000) },
      { path: "more.md", content: "y".repeat(99_000) },
    ];
    await expect(skills.replaceSkill(board, { key: taken?.key ?? "", files })).rejects.toMatchObject({
      code: "payload_too_large",
    });
  });

  it("are shown for an agent with where they come from", async () => {
    const { board, companyId } = await db.newTenant();
    await skills.createSkill(board, draft("deploy"));
    const agent = await addAgent(db.owner, companyId);
    expect((await skills.listAgentSkills(board, { id: agent.id })).map((each) => agentSkill.parse(each))).toEqual([
      { key: "boardroom", name: "boardroom", description: "How to work.", source: "boardroom", fileCount: 1 },
      { key: "deploy", name: "deploy", description: "About deploy", source: "company", fileCount: 1 },
    ]);
    await expect(skills.listAgentSkills(board, { id: crypto.randomUUID() })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("the head of a SKILL.md", () => {
  it.each([
    ["---\nname: a\ndescription: 'b: c'\n---\ntext", { name: "a", description: "b: c" }],
    ["no head", {}],
    ["---\nname: a\nno end", {}],
  ])("of %j is read as %j", (text, head) => {
    expect(readFrontMatter(text)).toEqual(head);
  });
});
