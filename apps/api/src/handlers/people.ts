import {
  acceptInvite,
  approveJoinRequest,
  createInvite,
  leaveCompany,
  listInvites,
  listJoinRequests,
  rejectJoinRequest,
  removeMember,
  resendInvite,
  revokeInvite,
  showInvite,
  updateMember,
} from "@boardroom/domain";
import type { HandlersOf } from "./handler.ts";

export const peopleHandlers: HandlersOf<"members" | "invites" | "joinRequests"> = {
  "members.update": updateMember,
  "members.remove": removeMember,
  "members.leave": leaveCompany,
  "invites.list": listInvites,
  "invites.create": createInvite,
  "invites.revoke": revokeInvite,
  "invites.resend": resendInvite,
  "invites.get": showInvite,
  "invites.accept": acceptInvite,
  "joinRequests.list": listJoinRequests,
  "joinRequests.approve": approveJoinRequest,
  "joinRequests.reject": rejectJoinRequest,
};
