import { afterAll } from "vitest";
import { connectMachine, type TestMachine } from "./machine.ts";
import { type Gate, startGate } from "./start-gate.ts";

/** Machines and gates of a test file, gone after it. */
export function useMachines() {
  const machines: TestMachine[] = [];
  const gates: Gate[] = [];
  afterAll(async () => {
    await Promise.all(machines.map((machine) => machine.remove()));
    await Promise.all(gates.map((gate) => gate.stop()));
  });
  return {
    async newMachine(...args: Parameters<typeof connectMachine>): Promise<TestMachine> {
      const machine = await connectMachine(...args);
      machines.push(machine);
      return machine;
    },
    async newGate(target: string): Promise<Gate> {
      const gate = await startGate(target);
      gates.push(gate);
      return gate;
    },
  };
}
