/** The documents of the REST API that the console reads, as docs/ and the OpenAPI document have them. */

export type BatchKind = 'pipeline' | 'variant' | 'scenes' | 'storyboard' | 'slideshow';
export type StepKind = 'analysis' | 'i2i' | 'audio' | 'i2v';

export type BatchStatus =
  | 'PLANNING'
  | 'QUEUED'
  | 'RUNNING'
  | 'PAUSED'
  | 'WAITING_FOR_DECISION'
  | 'CANCELLING'
  | 'COMPLETED'
  | 'COMPLETED_WITH_FAILURES'
  | 'FAILED'
  | 'CANCELLED';

export type StepState =
  | 'WAITING'
  | 'READY'
  | 'QUEUED'
  | 'RUNNING'
  | 'RETRY_WAIT'
  | 'AWAITING_APPROVAL'
  | 'UNKNOWN'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'CANCELLED'
  | 'SKIPPED';

export interface Counts {
  total: number;
  waiting: number;
  ready: number;
  queued: number;
  running: number;
  retry_wait: number;
  awaiting_approval: number;
  unknown: number;
  succeeded: number;
  failed: number;
  cancelled: number;
  skipped: number;
}

export interface Stage {
  kind: StepKind;
  total: number;
  succeeded: number;
  failed: number;
  running: number;
}

export interface Cost {
  currency: string;
  quoted: number;
  spent: number;
  held: number;
  to_finish: number;
}

export interface Batch {
  batch_id: string;
  kind: BatchKind;
  name: string;
  status: BatchStatus;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  counts: Counts;
  stages: Stage[];
  cost: Cost;
  eta: { p50_seconds: number | null; p90_seconds: number | null };
  delivery: { status: string; folder_url: string | null; files: number };
  error?: { code: string; message: string };
}

export interface BatchPage {
  batches: Batch[];
  next_cursor: string | null;
}

/** Where one step stands, as the stream says it. */
export interface StepChange {
  step_id: string;
  ordinal: number;
  kind: StepKind;
  group: number;
  epoch: number;
  state: StepState;
}

export interface Output {
  artifact_id: string;
  url: string;
  thumbnail_url?: string;
  media_type: string;
  bytes: number;
  width_px?: number;
  height_px?: number;
  seconds?: number;
  sha256: string;
}

export interface Step {
  step_id: string;
  ordinal: number;
  kind: StepKind;
  state: StepState;
  group_index: number;
  parent_id?: string;
  provider: string;
  model: string;
  prompt: string;
  prompt_index: number;
  variation: number;
  parameters: {
    size?: string;
    quality?: string;
    output_format?: string;
    resolution?: string;
    duration_sec?: number;
  };
  epoch: number;
  attempt: number;
  max_attempts: number;
  needs_approval: boolean;
  price: number;
  cost?: number;
  currency: string;
  error?: { code: string; message: string };
  stopped?: 'stopped-free' | 'stopped-charged' | 'finished-kept' | 'charge-unknown';
  worker?: string;
  retry_at?: string;
  queued_at?: string;
  started_at?: string;
  finished_at?: string;
  paths: string[][];
  outputs: Output[];
}

export interface StepPage {
  steps: Step[];
  next_cursor: string | null;
}

export interface Model {
  id: string;
  kind: StepKind;
  provider: string;
  capabilities: {
    outputs_per_call: number;
    max_prompt_length: number;
    formats?: string[];
    sizes?: string[];
    qualities?: string[];
    resolutions?: string[];
    min_seconds?: number;
    max_seconds?: number;
    fixed_seconds?: number[];
    voices?: string[];
  };
  prices: {
    unit: string;
    amount: number;
    currency: string;
    size?: string;
    quality?: string;
    resolution?: string;
  }[];
}

export interface ModelList {
  price_version: string;
  currency: string;
  models: Model[];
}

export interface UploadedImage {
  artifact_id: string;
  url: string;
  media_type: string;
  width_px: number;
  height_px: number;
  bytes: number;
  sha256: string;
}

export interface PipelineRequest {
  name: string;
  source_images: string[];
  i2i_config: { enabled: boolean; prompts?: string[]; model?: string; images_per_prompt?: number };
  i2v_config?: { prompts: string[]; model: string; resolution: string; duration_sec: number };
  approval?: boolean;
  reuse?: boolean;
  max_cost?: number;
  quote_id?: string;
}

export interface Estimate {
  counts: {
    source_images: number;
    total_steps: number;
    reused_steps: number;
    steps: Partial<Record<StepKind, number>>;
    images: number;
    videos: number;
  };
  cost: { currency: string; by_step_type: Partial<Record<StepKind, number>>; total: number };
  price_version: string;
  quote_id: string;
  expires_at: string;
}

export interface PipelineView {
  pipeline_id: string;
  groups: { source_image: string; source_index: number }[];
}
