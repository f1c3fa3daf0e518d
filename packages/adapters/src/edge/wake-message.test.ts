import { expect, it } from "vitest";
import { heartbeat, taskId } from "../../test/invocation.ts";
import { cleanText } from "./clean-text.ts";
import { wakeMessage } from "./wake-message.ts";

it("tells the task with its comments when the context is fat", () => {
  const message = wakeMessage(
    heartbeat({
      task: { identifier: "ACME-1", title: "Mend the roof", description: "It leaks." },
      comments: [{ authorName: "Ada", body: "Since Monday." }, { body: 3 }],
    }),
  );
  expect(message).toContain("ACME-1: Mend the roof");
  expect(message).toContain("It leaks.");
  expect(message).toContain("Ada: Since Monday.");
});

it("names the task when the context is thin, and says what the wake is about", () => {
  const message = wakeMessage(heartbeat({ commentId: "c1", approvalId: "a1", approvalStatus: "approved" }));
  expect(message).toContain(taskId);
  expect(message).toContain("comment c1");
  expect(message).toContain("approval a1, now approved");
});

it("holds no token", () => {
  expect(wakeMessage(heartbeat())).not.toContain("secret-run-token");
});

it("makes a stranger's text fit to be stored", () => {
  expect(cleanText("a\u0000b\u001b[31m\ud800c\r\nd\te", 100)).toBe("ab[31mc\nd\te");
  expect(cleanText("x".repeat(20), 10)).toBe(`${"x".repeat(9)}…`);
  expect(cleanText(`${"x".repeat(8)}😀😀`, 10).isWellFormed()).toBe(true);
});
