import type { Connection } from "@boardroom/db";
import type { Ctx } from "../context.ts";
import { fireRoutine } from "./fire-routine.ts";
import { firesAtOnce, maxDueSchedules, maxRounds } from "./limits.ts";
import { type DueTrigger, listDueTriggers } from "./list-due-triggers.ts";
import { planSlots } from "./plan-slots.ts";
import { settleTrigger } from "./settle-trigger.ts";

/** Boardroom itself inside a company. */
export type ContextFor = (companyId: string) => Ctx;

/**
 * Fires the schedules that are due. Every step is a compare-and-set on the trigger's next slot, so that any number may do this
 * at once: a slot fires once, and what one leaves undone the next one finds.
 * @returns how many slots fired
 * @throws AggregateError of the triggers that failed, after all the others had their turn
 */
export async function fireDueRoutines(system: Connection, contextFor: ContextFor): Promise<number> {
  let fired = 0;
  for (let round = 0; round < maxRounds; round++) {
    const due = await listDueTriggers(system);
    const { slots, failures } = await fireAll(due, contextFor);
    fired += slots;
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} schedules could not fire`);
    if (due.length < maxDueSchedules) break;
  }
  return fired;
}

async function fireAll(due: readonly DueTrigger[], contextFor: ContextFor) {
  const waiting = [...due];
  const failures: unknown[] = [];
  let slots = 0;
  const work = async () => {
    for (let trigger = waiting.shift(); trigger; trigger = waiting.shift()) {
      try {
        slots += await fireTrigger(contextFor(trigger.companyId), trigger);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: firesAtOnce }, work));
  return { slots, failures };
}

async function fireTrigger(ctx: Ctx, trigger: DueTrigger): Promise<number> {
  const { routineId, triggerId, pending } = trigger;
  const plan = planSlots(pending);
  const slots = plan.fire.map((slot) => slot.toISOString());
  const isReady = pending.isSlot && slots[0] === pending.from.toISOString();
  if (!isReady && !(await settleTrigger(ctx, trigger, plan))) return 0;
  for (const [index, at] of slots.entries()) {
    const next = slots[index + 1] ?? plan.next?.toISOString() ?? null;
    const run = await fireRoutine(ctx, {
      routineId,
      triggerId,
      source: "schedule",
      variables: {},
      payload: null,
      slot: { at, next },
      nonces: null,
    });
    if (!run) return index;
  }
  return slots.length;
}
