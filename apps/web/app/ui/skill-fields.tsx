import type { CompanySkill } from "@boardroom/contract";
import { Checkbox, Input, Textarea } from "./field.tsx";

const start = `---
name: our-style
description: How we write to customers.
---

# How we write to customers

`;

/** A skill's SKILL.md, and what stands in lists. */
export function SkillFields({ skill }: { skill?: CompanySkill }) {
  const content = skill?.files.find(({ path }) => path === "SKILL.md")?.content;
  const others = skill?.files.filter(({ path }) => path !== "SKILL.md") ?? [];
  return (
    <>
      <div className="field-pair">
        <Input label="Name" name="name" maxLength={120} defaultValue={skill?.name} autoComplete="off" required />
        {skill ? (
          <div className="field">
            <span className="label">Key</span>
            <code className="fixed-value">{skill.key}</code>
          </div>
        ) : (
          <Input
            label="Key"
            name="key"
            maxLength={60}
            pattern="[a-z0-9][a-z0-9\-]*"
            placeholder="our-style"
            hint="Its folder: small letters, digits, dashes."
            autoComplete="off"
            autoCapitalize="none"
            required
          />
        )}
      </div>
      <Input
        label="Description"
        name="description"
        maxLength={1000}
        defaultValue={skill?.description}
        hint="When an agent should use it. It reads this line first."
        required
      />
      <Textarea
        label="SKILL.md"
        name="content"
        rows={16}
        className="textarea mono"
        maxLength={100_000}
        defaultValue={content ?? start}
        spellCheck={false}
        required
      />
      {others.length > 0 && (
        <p className="sub">
          With {others.length === 1 ? "one more file" : `${others.length} more files`}:{" "}
          {others.map(({ path }) => path).join(", ")}. They stay as they are.
        </p>
      )}
      <Checkbox
        label="Enabled"
        name="isEnabled"
        defaultChecked={skill?.isEnabled ?? true}
        hint="Every run of the company's agents gets it."
      />
    </>
  );
}
