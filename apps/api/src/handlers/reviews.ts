import {
  approveReview,
  giveEvidence,
  listCompanyReviews,
  listCriteria,
  listReviews,
  replaceCriteria,
  replaceReviews,
  requestChanges,
  takeEvidence,
} from "@boardroom/domain";
import type { HandlersOf } from "./handler.ts";

export const reviewHandlers: HandlersOf<"reviews" | "criteria"> = {
  "reviews.inCompany": listCompanyReviews,
  "reviews.list": listReviews,
  "reviews.replace": replaceReviews,
  "reviews.approve": approveReview,
  "reviews.requestChanges": requestChanges,
  "criteria.list": listCriteria,
  "criteria.replace": replaceCriteria,
  "criteria.giveEvidence": giveEvidence,
  "criteria.takeEvidence": takeEvidence,
};
