import { describe, expect, it } from 'vitest';
import type { SocketMessage } from '../api/types';
import { endedOf, NO_GENERATION, progressWords, withMessage } from './projectFeed';

const snapshot: SocketMessage = {
  type: 'snapshot',
  projectId: 'p',
  batchId: 'b',
  position: '1',
  status: 'RUNNING',
  stage: 'images',
  stageTotal: 3,
  jobs: { total: 4, completed: 2, failed: 0 },
  steps: [
    { jobId: 'a1', sentenceId: 's1', stage: 'audio', state: 'SUCCEEDED' },
    { jobId: 'i1', sentenceId: 's1', stage: 'images', state: 'SUCCEEDED' },
    { jobId: 'i2', sentenceId: 's2', stage: 'images', state: 'RUNNING' },
    { jobId: 'i3', sentenceId: 's3', stage: 'images', state: 'QUEUED' },
  ],
};

describe('a generation as its socket tells it', () => {
  const begun = withMessage(NO_GENERATION, snapshot);

  it('counts what has ended of the stage', () => {
    expect(progressWords(begun)).toBe('Generating images: 1/3 (33%)');
  });

  it('counts an end once, however often it is told', () => {
    const told: SocketMessage = {
      type: 'job_failed',
      batchId: 'b',
      position: '2',
      jobId: 'i2',
      stage: 'images',
      state: 'FAILED',
    };
    const twice = withMessage(withMessage(begun, told), told);
    expect(endedOf(twice, 'images')).toBe(2);
    expect(twice.position).toBe('2');
  });

  it('goes to the next stage when it is told to', () => {
    const next = withMessage(begun, {
      type: 'generation_stage_change',
      batchId: 'b',
      position: '3',
      stage: 'videos',
      stageTotal: 2,
      status: 'RUNNING',
    });
    expect(progressWords(next)).toBe('Generating videos: 0/2 (0%)');
  });

  it('forgets the generation before at a new snapshot', () => {
    const other = withMessage(begun, { type: 'snapshot', projectId: 'p', steps: [] });
    expect(other.jobs.size).toBe(0);
    expect(other.batchId).toBeNull();
  });
});
