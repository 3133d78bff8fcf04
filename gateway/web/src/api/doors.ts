/** The documents of the doors other than pipelines, as docs/doors and the OpenAPI documents have them. */
import type { BatchStatus, StepKind, StepState } from './types';

// Scene rows (5.3)

export interface SceneRow {
  scene_id: string;
  prompt: string;
  variants: number;
  reference_images?: string[];
}

export interface LineError {
  line: number;
  field?: string;
  message: string;
  accepted?: string[];
}

export interface ParsedScenes {
  items: SceneRow[];
  errors: LineError[];
}

export interface SceneOutput {
  scene_id: string;
  variant: number;
  prompt: string;
  state: StepState | 'PLANNED';
  artifact_id?: string;
  url?: string;
  thumbnail_url?: string;
  approved?: boolean;
  error?: string;
}

export interface SceneJob {
  id: string;
  status: BatchStatus | 'DRY_RUN';
  images?: SceneOutput[];
  videos?: SceneOutput[];
  cost: { currency: string; total: number };
  batch_hash?: string;
  expires_at?: string;
}

export interface SceneStatus {
  status: BatchStatus;
  progress: number;
  results: SceneOutput[];
}

// Variants (5.2)

export interface SourceImage {
  imageId: string;
  variant: string;
  sourceUrl: string;
  url?: string;
  thumbnailUrl?: string;
  widthPx?: number;
  heightPx?: number;
  problem?: string;
}

export interface GeneratedImage {
  jobId: string;
  variant: string;
  imageType: string;
  prompt: string;
  artifactId: string;
  url: string;
  thumbnailUrl: string;
}

export interface Product {
  productId: string;
  asin: string;
  title: string;
  createdAt: string;
  updatedAt: string;
  images: SourceImage[];
  generatedImages?: GeneratedImage[];
}

export interface ProductPage {
  products: Product[];
  nextCursor?: string;
}

export interface ImportResult {
  imported: number;
  failed: number;
  errors: LineError[];
}

export interface ImageType {
  imageTypeId: string;
  name: string;
  prompt: string;
}

export interface PromptTemplate {
  templateId: string;
  name: string;
  prompt: string;
}

export interface VariantRequest {
  productIds: string[];
  variant: string;
  imageTypeId: string;
  customPrompt?: string;
  templateId?: string;
}

export interface ProductReason {
  productId: string;
  reason: string;
}

export interface VariantJob {
  jobId: string;
  status: 'PROCESSING' | 'COMPLETED' | 'FAILED';
  totalImages: number;
  completedImages: number;
  failedImages: number;
  errorLog: ProductReason[];
  productsPassedOver: ProductReason[];
}

// Storyboards (5.4)

export type StoryboardStage = 'audio' | 'images' | 'videos';

export interface Asset {
  status: 'clean' | 'dirty' | 'missing';
  url?: string;
  thumbnailUrl?: string;
  mediaType?: string;
  seconds?: number;
  widthPx?: number;
  heightPx?: number;
}

export interface Sentence {
  id: string;
  position: number;
  text: string;
  imagePrompt?: string;
  cameraMovement?: string;
  motionStrength?: number;
  voice?: string;
  dirty: { audio: boolean; image: boolean; video: boolean };
  assets: { audio: Asset; image: Asset; video: Asset };
}

export interface JobCounts {
  audio: number;
  image: number;
  video: number;
}

export interface Project {
  id: string;
  name: string;
  audioModel: string;
  imageModel: string;
  videoModel: string;
  resolution: string;
  durationSec: number;
  createdAt: string;
  updatedAt: string;
  generation?: { batchId: string; status: BatchStatus; running: boolean; jobCounts: JobCounts };
  sentences: Sentence[];
}

export interface ProjectList {
  projects: { id: string; name: string; sentenceCount: number; createdAt: string; updatedAt: string }[];
  nextCursor?: string;
}

export interface Begun {
  jobCounts: JobCounts;
  totalJobs: number;
  message: string;
  batchId?: string;
}

export type SocketMessage =
  | {
      type: 'snapshot';
      projectId: string;
      batchId?: string;
      position?: string;
      status?: BatchStatus;
      stage?: string;
      stageTotal?: number;
      jobs?: { total: number; completed: number; failed: number };
      steps: { jobId: string; sentenceId?: string; stage: string; state: StepState }[];
    }
  | {
      type: 'job_complete';
      batchId: string;
      position: string;
      jobId: string;
      sentenceId?: string;
      stage: string;
    }
  | {
      type: 'job_failed';
      batchId: string;
      position: string;
      jobId: string;
      sentenceId?: string;
      stage: string;
      state: StepState;
    }
  | {
      type: 'generation_stage_change';
      batchId: string;
      position: string;
      stage: string;
      stageTotal: number;
      status: BatchStatus;
    };

// Slideshows (5.5)

export interface LinkList {
  valid: {
    position: number;
    line: number;
    input: string;
    url: string;
    username?: string;
    post_id?: string;
  }[];
  invalid: { position: number; line: number; input: string; reason: string }[];
  duplicates: { position: number; line: number; input: string; url: string; duplicate_of: number }[];
  total: number;
}

export interface SlideshowRequest {
  name?: string;
  links: { url: string; product_photo?: string; product_description?: string; slides?: string[] }[];
  product_photo?: string;
  product_description?: string;
  photo_variations: number;
  text_variations: number;
  output_format: 'jpeg' | 'png';
  jpeg_quality?: number;
  slides_per_link?: number;
  reuse?: boolean;
  max_cost?: number;
  quote_id?: string;
}

export interface SlideshowEstimate {
  counts: {
    links: number;
    variations: number;
    slides: number;
    total_steps: number;
    reused_steps: number;
    steps: Partial<Record<StepKind, number>>;
    images: number;
  };
  cost: { currency: string; by_step_type: Partial<Record<StepKind, number>>; total: number };
  quote_id?: string;
  expires_at?: string;
}

export type LinkStatus =
  | 'resolving'
  | 'resolved'
  | 'waiting'
  | 'in_progress'
  | 'waiting_for_decision'
  | 'completed'
  | 'completed_with_failures'
  | 'failed'
  | 'cancelled';

export interface LinkRow {
  link: number;
  url: string;
  username?: string;
  folder: string;
  status: LinkStatus;
  slides?: number;
  total: number;
  completed: number;
  failed: number;
  cancelled: number;
  in_progress: number;
  remaining: number;
  error?: { code: string; message: string };
}

export interface SlideshowStatus {
  batch_id: string;
  name: string;
  status: BatchStatus;
  total: number;
  completed: number;
  failed: number;
  cancelled: number;
  in_progress: number;
  remaining: number;
  percent: number;
  eta: { p50_seconds: number | null; p90_seconds: number | null };
  recent_activity: {
    time: string;
    link: number;
    variation?: number;
    slide?: number;
    kind?: StepKind;
    state?: StepState;
    message: string;
  }[];
  links: LinkRow[];
  drive_folder_url: string | null;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  error?: { code: string; message: string };
}
