ALTER TYPE "public"."decision_kind" ADD VALUE 'review';
