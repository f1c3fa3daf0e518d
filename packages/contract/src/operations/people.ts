import * as z from "zod";
import { member } from "../entities/company.ts";
import { acceptedInvite, createdInvite, invite, joinRequest, overview, shownInvite } from "../entities/people.ts";
import { joinRequestStatuses, memberRoles } from "../enums.ts";
import { operation } from "../operation.ts";
import { companyParams, id, idempotencyKey, idParams, pageQuery } from "../primitives.ts";

const tag = "Members";
const role = z.enum(memberRoles);
const inCompany = { locate: { by: "company", param: "cid" }, params: companyParams, callers: ["user"], tag } as const;
const ofMember = { ...inCompany, params: companyParams.extend({ mid: id }), role: "admin" } as const;
const ofJoinRequest = { ...inCompany, params: companyParams.extend({ jid: id }), role: "admin" } as const;
const ofInvite = {
  locate: { by: "invite", param: "id" },
  params: idParams,
  callers: ["user"],
  role: "admin",
  tag,
} as const;
/** What an invite's link holds. */
const token = z.string().regex(/^[A-Za-z0-9_-]{43}$/, "is not the end of an invite's link");

export const peopleOperations = {
  "companies.overview": operation({
    method: "GET",
    path: "/companies/overview",
    summary: "All companies of the caller with what happens in them, and one queue of all that waits in any of them",
    tag: "Companies",
    callers: ["user"],
    effect: "read",
    locate: { by: "actor" },
    output: overview,
    status: 200,
  }),
  "members.update": operation({
    ...ofMember,
    method: "PATCH",
    path: "/companies/:cid/members/:mid",
    summary: "Change a member's role; only owners make owners, and the last one stays",
    effect: "write",
    body: z.strictObject({ role }),
    output: member,
    status: 200,
    errors: ["conflict"],
  }),
  "members.remove": operation({
    ...ofMember,
    method: "DELETE",
    path: "/companies/:cid/members/:mid",
    summary: "Remove a member; their sessions and keys see nothing of the company any more",
    effect: "destroy",
    output: null,
    status: 204,
    errors: ["conflict"],
  }),
  "members.leave": operation({
    ...inCompany,
    method: "POST",
    path: "/companies/:cid/leave",
    summary: "Leave a company; its last owner can't",
    role: "viewer",
    effect: "destroy",
    output: null,
    status: 204,
    errors: ["conflict"],
  }),
  "invites.list": operation({
    ...inCompany,
    method: "GET",
    path: "/companies/:cid/invites",
    summary: "Invites, newest first; of each all but its link",
    role: "admin",
    effect: "read",
    query: z.object(pageQuery),
    output: z.array(invite),
    status: 200,
    paged: true,
  }),
  "invites.create": operation({
    ...inCompany,
    method: "POST",
    path: "/companies/:cid/invites",
    summary: "Invite by mail, by a link for one person, or by an open link whose visitors ask to join",
    role: "admin",
    effect: "write",
    body: z
      .strictObject({
        email: z.email().max(254).nullable().optional(),
        role,
        isOpen: z.boolean().optional(),
        idempotencyKey,
      })
      .refine(({ email, isOpen }) => !(email && isOpen), {
        message: "An open link is for no one address",
        path: ["isOpen"],
      }),
    output: createdInvite,
    status: 201,
    creates: true,
  }),
  "invites.revoke": operation({
    ...ofInvite,
    method: "POST",
    path: "/invites/:id/revoke",
    summary: "Make an invite's link worthless",
    effect: "destroy",
    output: invite,
    status: 200,
    errors: ["conflict"],
  }),
  "invites.resend": operation({
    ...ofInvite,
    method: "POST",
    path: "/invites/:id/resend",
    summary: "A new link for another 72 hours, by mail where it has an address; the former is worthless",
    effect: "write",
    output: createdInvite,
    status: 200,
    errors: ["conflict"],
  }),
  "invites.get": operation({
    method: "GET",
    path: "/invites/:token",
    summary: "Which company a link leads into, and who invites",
    tag,
    callers: ["public"],
    effect: "read",
    locate: { by: "actor" },
    params: z.object({ token }),
    output: shownInvite,
    status: 200,
  }),
  "invites.accept": operation({
    method: "POST",
    path: "/invites/:token/accept",
    summary: "Join by a link, or ask to where it is an open one",
    tag,
    callers: ["user"],
    sessionOnly: true,
    effect: "write",
    locate: { by: "actor" },
    params: z.object({ token }),
    output: acceptedInvite,
    status: 200,
    errors: ["conflict"],
  }),
  "joinRequests.list": operation({
    ...inCompany,
    method: "GET",
    path: "/companies/:cid/join-requests",
    summary: "People who ask to join, newest first",
    role: "admin",
    effect: "read",
    query: z.object({ ...pageQuery, status: z.enum(joinRequestStatuses).optional() }),
    output: z.array(joinRequest),
    status: 200,
    paged: true,
  }),
  "joinRequests.approve": operation({
    ...ofJoinRequest,
    method: "POST",
    path: "/companies/:cid/join-requests/:jid/approve",
    summary: "Let somebody in, with the link's role or another",
    effect: "write",
    body: z.strictObject({ role: role.optional() }),
    output: joinRequest,
    status: 200,
    errors: ["conflict"],
  }),
  "joinRequests.reject": operation({
    ...ofJoinRequest,
    method: "POST",
    path: "/companies/:cid/join-requests/:jid/reject",
    summary: "Don't let somebody in; by the same link they can't ask again",
    effect: "write",
    output: joinRequest,
    status: 200,
    errors: ["conflict"],
  }),
} as const;
