import type { BatchStatus, SocketMessage, StepState, StoryboardStage } from '../api/types';

export interface Job {
  sentenceId: string | undefined;
  stage: string;
  state: StepState;
}

/** What a page knows of a project's latest generation. Never changed in place. */
export interface ProjectState {
  batchId: string | null;
  status: BatchStatus | null;
  stage: string | null;
  stageTotal: number;
  jobs: ReadonlyMap<string, Job>;
  /** What to hand in to go on from here. */
  position: string | null;
}

export const NO_GENERATION: ProjectState = {
  batchId: null,
  status: null,
  stage: null,
  stageTotal: 0,
  jobs: new Map(),
  position: null,
};

const ENDED: ReadonlySet<StepState> = new Set(['SUCCEEDED', 'FAILED', 'CANCELLED', 'SKIPPED']);

/** The state after a message. Ends may be told twice; told again they change nothing. */
export function withMessage(state: ProjectState, message: SocketMessage): ProjectState {
  switch (message.type) {
    case 'snapshot':
      return {
        batchId: message.batchId ?? null,
        status: message.status ?? null,
        stage: message.stage ?? null,
        stageTotal: message.stageTotal ?? 0,
        jobs: new Map(
          message.steps.map(({ jobId, sentenceId, stage, state: at }) => [
            jobId,
            { sentenceId, stage, state: at },
          ]),
        ),
        position: message.position ?? null,
      };
    case 'job_complete':
    case 'job_failed': {
      const jobs = new Map(state.jobs);
      jobs.set(message.jobId, {
        sentenceId: message.sentenceId,
        stage: message.stage,
        state: message.type === 'job_complete' ? 'SUCCEEDED' : message.state,
      });
      return { ...state, jobs, position: message.position };
    }
    case 'generation_stage_change':
      return {
        ...state,
        status: message.status,
        stage: message.stage,
        stageTotal: message.stageTotal,
        position: message.position,
      };
  }
}

/** How many of the stage's jobs have ended, whichever way. */
export function endedOf(state: ProjectState, stage: string): number {
  let ended = 0;
  for (const job of state.jobs.values()) if (job.stage === stage && ENDED.has(job.state)) ended++;
  return ended;
}

const DOING: Record<StoryboardStage, string> = {
  audio: 'Generating speech',
  images: 'Generating images',
  videos: 'Generating videos',
};

/** The stage's progress in words: "Generating images: 15/50 (30%)". */
export function progressWords(state: ProjectState): string {
  const stage = state.stage as StoryboardStage | null;
  if (stage === null || !(stage in DOING)) return 'Generating';
  const ended = endedOf(state, stage);
  const percent = state.stageTotal === 0 ? 0 : Math.floor((100 * ended) / state.stageTotal);
  return `${DOING[stage]}: ${ended}/${state.stageTotal} (${percent}%)`;
}
