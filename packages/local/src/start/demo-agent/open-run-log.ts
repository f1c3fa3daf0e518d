import { appendedLog, type BoardroomClient, BoardroomError, type TranscriptKind } from "@boardroom/contract";

/** A step of a run, as the run's page shows it. */
export interface DemoStep {
  type: TranscriptKind;
  text?: string;
  name?: string;
  input?: Record<string, unknown>;
}

export interface RunLog {
  /** Appends a step as a line of JSON. One at a time: a chunk starts where the last one ended. */
  write(step: DemoStep): Promise<void>;
}

/** The log of a run. Where somebody wrote into it before, as an earlier try of the same run, it goes on behind that. */
export function openRunLog(api: () => BoardroomClient, runId: string): RunLog {
  let next = { nextOffset: 0, nextSeq: 0 };
  const append = async (content: string) => {
    const body = { seq: next.nextSeq, offset: next.nextOffset, content };
    next = await api().call("runLogs.append", { params: { id: runId }, body });
  };
  return {
    async write(step) {
      const line = `${JSON.stringify({ ...step, at: new Date().toISOString() })}\n`;
      try {
        await append(line);
      } catch (error) {
        const resume = error instanceof BoardroomError ? appendedLog.safeParse(error.details).data : undefined;
        if (!resume) throw error;
        next = resume;
        await append(line);
      }
    },
  };
}
