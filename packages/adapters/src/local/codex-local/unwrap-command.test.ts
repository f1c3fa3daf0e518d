import { expect, it } from "vitest";
import { unwrapCommand } from "./unwrap-command.ts";

it.each([
  ["/bin/bash -lc 'echo hi > made.txt'", "echo hi > made.txt"],
  ["bash -lc ls", "ls"],
  ["/usr/bin/zsh -c 'ls'", "ls"],
  [`/bin/bash -lc 'echo '\\''a'\\'' b'`, "echo 'a' b"],
  [`/bin/bash -lc "echo \\"\\$HOME\\" 'x'"`, `echo "$HOME" 'x'`],
  ["/bin/bash -lc 'line one\nline two'", "line one\nline two"],
])("shows the command that a shell runs: %j", (command, inner) => {
  expect(unwrapCommand(command)).toBe(inner);
});

it.each([
  "ls -la",
  "/bin/bash -lc 'a' 'b'",
  '/bin/bash -lc "$(id)"',
  "/bin/bash script.sh",
  "bash -lc 'open",
  "env bash -lc 'x'",
  "/tmp/bash -lc ls",
  "/home/ada/roof/bin/bash -lc ls",
  "",
])("leaves the rest as it is: %j", (command) => {
  expect(unwrapCommand(command)).toBe(command);
});
