import * as z from "zod";
import { cliChallengeStatuses, companyStatuses, joinRequestStatuses, memberRoles } from "../enums.ts";
import { budgetCents, cents, id, instant } from "../primitives.ts";
import { pendingDecision } from "./decision.ts";

/** A way into a company. Its link is shown once and kept as a hash. */
export const invite = z
  .object({
    id,
    companyId: id,
    email: z.string().nullable().describe("Whom it is for; null for whoever opens the link"),
    role: z.enum(memberRoles),
    isOpen: z.boolean().describe("Many may open it; each then asks to join"),
    invitedByName: z.string(),
    expiresAt: instant,
    sentAt: instant.nullable().describe("When its mail was taken; null when it was not sent, or not yet"),
    sendProblem: z.string().nullable(),
    acceptedAt: instant.nullable(),
    acceptedByName: z.string().nullable(),
    revokedAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: "Invite" });
export const createdInvite = invite
  .extend({ link: z.string().nullable().describe("Shown once; null when a retry replays the creation") })
  .meta({ id: "CreatedInvite" });

/** What somebody who holds the link may know before they are in. */
export const shownInvite = z
  .object({
    companyName: z.string(),
    invitedByName: z.string(),
    role: z.enum(memberRoles),
    email: z.string().nullable(),
    isOpen: z.boolean(),
    state: z.enum(["open", "accepted", "expired", "revoked"]),
    expiresAt: instant,
  })
  .meta({ id: "ShownInvite" });

export const acceptedInvite = z
  .object({
    outcome: z.enum(["joined", "member", "requested", "rejected"]).describe("`requested`: an admin has yet to say yes"),
    companyId: id,
    companyName: z.string(),
    issuePrefix: z.string(),
    role: z.enum(memberRoles),
  })
  .meta({ id: "AcceptedInvite" });

export const joinRequest = z
  .object({
    id,
    companyId: id,
    inviteId: id,
    userId: z.string(),
    displayName: z.string(),
    email: z.string(),
    role: z.enum(memberRoles),
    status: z.enum(joinRequestStatuses),
    decidedByName: z.string().nullable(),
    decidedAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: "JoinRequest" });

/** A command line that asks to be let in, as the board shows it. */
export const cliChallenge = z
  .object({
    id,
    userCode: z.string().describe("As the command line shows it"),
    clientName: z.string(),
    address: z.string().nullable().describe("Where it asks from"),
    scopes: z.array(z.string()).describe("What its key may do; empty for everything"),
    keyDays: z.number().int().describe("For how many days its key works"),
    status: z.enum([...cliChallengeStatuses, "expired"]),
    expiresAt: instant,
    createdAt: instant,
  })
  .meta({ id: "CliChallenge" });
export const createdCliChallenge = cliChallenge
  .extend({
    secret: z.string().describe("Shown once: the command line proves with it that it asked"),
    approvalUrl: z.string().describe("Where a signed-in person says yes"),
    pollPath: z.string(),
    suggestedPollIntervalMs: z.number().int(),
  })
  .meta({ id: "CreatedCliChallenge" });
export const polledCliChallenge = z
  .object({
    status: z.enum([...cliChallengeStatuses, "expired"]),
    expiresAt: instant,
    token: z.string().nullable().describe("The board key, once: in the first answer after somebody said yes"),
    keyExpiresAt: instant.nullable(),
  })
  .meta({ id: "PolledCliChallenge" });

export const cliIdentity = z
  .object({
    userId: z.string(),
    name: z.string(),
    source: z.enum(["session", "board_key"]),
    keyId: id.nullable(),
    scopes: z.array(z.string()),
    companyIds: z.array(id),
  })
  .meta({ id: "CliIdentity" });

/** A company as somebody who sits on several boards looks at it. */
export const companyOverview = z
  .object({
    id,
    name: z.string(),
    issuePrefix: z.string(),
    status: z.enum(companyStatuses),
    role: z.enum(memberRoles),
    agentCount: z.number().int(),
    liveRuns: z.number().int(),
    openIssues: z.number().int(),
    spentMonthlyCents: cents,
    budgetMonthlyCents: budgetCents,
    pendingDecisions: z.number().int(),
  })
  .meta({ id: "CompanyOverview" });

/** One queue over all companies of a person: what is urgent first, then what has waited longest. */
export const overview = z
  .object({
    companies: z.array(companyOverview),
    decisions: z.array(pendingDecision.extend({ companyId: id })),
  })
  .meta({ id: "Overview" });

export type Invite = z.infer<typeof invite>;
export type CreatedInvite = z.infer<typeof createdInvite>;
export type ShownInvite = z.infer<typeof shownInvite>;
export type AcceptedInvite = z.infer<typeof acceptedInvite>;
export type JoinRequest = z.infer<typeof joinRequest>;
export type CliChallenge = z.infer<typeof cliChallenge>;
export type CreatedCliChallenge = z.infer<typeof createdCliChallenge>;
export type PolledCliChallenge = z.infer<typeof polledCliChallenge>;
export type CliIdentity = z.infer<typeof cliIdentity>;
export type CompanyOverview = z.infer<typeof companyOverview>;
export type Overview = z.infer<typeof overview>;
