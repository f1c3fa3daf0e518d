import type { AdapterCapabilities } from "@boardroom/contract";

/** Capabilities of a coding CLI on a runner, with what differs. */
export const cliCapabilities = (differing: Partial<AdapterCapabilities> = {}): AdapterCapabilities => ({
  supportsLocalAgentJwt: true,
  supportsInstructionsBundle: true,
  instructionsPathKey: "instructionsFilePath",
  requiresMaterializedRuntimeSkills: true,
  supportsSkills: true,
  supportsSessions: true,
  supportsToolApprovals: false,
  supportsWorkspaces: true,
  reportsCost: true,
  ...differing,
});
