/**
 * The documents of the REST API that the console reads and sends, under the console's names: types of the
 * OpenAPI document (`npm run types`), which this module narrows only where the document leaves more open than the
 * API does.
 */
import type { components } from './generated/batch-api';
import type { components as gateway } from './generated/gateway';

type Schemas = components['schemas'];
/** What the gateway answers itself. */
type Gateway = gateway['schemas'];

/** A document with some of its members told more exactly. */
type Narrowed<T, N> = Omit<T, keyof N> & N;

/** Documents whose members are all optional to the API, and of which the console sends or gets these always. */
type Given<T, K extends keyof T> = Omit<T, K> & Required<Pick<T, K>>;

// All kinds (5.6)

export type BatchKind = Schemas['BatchKind'];
export type BatchStatus = Schemas['BatchStatus'];
export type StepKind = Schemas['StepKind'];
export type StepState = Schemas['StepState'];
export type Batch = Schemas['BatchView'];
export type Counts = Schemas['BatchViewCounts'];
export type BatchPage = Schemas['BatchPage'];
export type Step = Schemas['StepView'];
export type StepPage = Schemas['StepPage'];
export type Output = Schemas['StepViewOutput'];
export type Cancelled = Schemas['ControlCancelled'];
export type Retried = Schemas['ControlRetried'];
export type Approvals = Schemas['ControlApprovals'];
export type Decision = Schemas['ControlWord'];
export type Account = Schemas['Account'];
export type ModelList = Schemas['ModelsModelList'];
export type Model = Schemas['ModelsModelView'];
export type UploadedImage = Schemas['UploadedView'];
export type Enhanced = Schemas['PromptsResponse'];

/** What the stream of a batch says (docs/status-stream.md). */
export type StepChange = Gateway['StepChange'];
export type Snapshot = Gateway['Snapshot'];
export type Delta = Gateway['Delta'];

// Pipelines (5.1)

export type PipelineRequest = Schemas['PipelineRequest'];
export type PipelineSubmitted = Schemas['PipelinesSubmitted'];
export type PipelineView = Schemas['PipelineView'];
export type Estimate = Narrowed<
  Schemas['Estimate'],
  {
    counts: Narrowed<Schemas['EstimateCounts'], { steps: Partial<Record<StepKind, number>> }>;
    cost: Narrowed<Schemas['EstimateCost'], { by_step_type: Partial<Record<StepKind, number>> }>;
  }
>;

// Scene rows (5.3)

export type SceneRow = Given<
  Pick<Schemas['ScenesRequestItem'], 'scene_id' | 'prompt' | 'variants' | 'reference_images'>,
  'scene_id' | 'prompt' | 'variants'
>;
export type LineError = Schemas['SceneTextLineError'];
export type ParsedScenes = Narrowed<Schemas['SceneText'], { items: SceneRow[] }>;
export type SceneOutput = Narrowed<Schemas['BatchJobSceneOutput'], { state: StepState | 'PLANNED' }>;
export type SceneJob = Narrowed<
  Schemas['BatchJob'],
  { status: BatchStatus | 'DRY_RUN'; images?: SceneOutput[]; videos?: SceneOutput[] }
>;
export type SceneStatus = Narrowed<
  Schemas['SceneJobsJobStatus'],
  { status: BatchStatus; results: SceneOutput[] }
>;

// Variants (5.2)

export type Product = Schemas['ProductView'];
export type ProductPage = Schemas['ProductPage'];
export type VariantCounts = Schemas['ProductsVariants'];
export type ImportResult = Schemas['ImportResult'];
export type ImageType = Pick<Schemas['ImageTypesView'], 'imageTypeId' | 'name' | 'prompt'>;
export type PromptTemplate = Pick<Schemas['PromptTemplatesView'], 'templateId' | 'name' | 'prompt'>;
export type VariantRequest = Schemas['VariantRequest'];
export type VariantPreviews = Schemas['VariantJobsPrompts'];
export type ProductReason = Schemas['VariantJobsProductReason'];
export type VariantJob = Schemas['VariantJob'];

// Storyboards (5.4)

export type StoryboardStage = 'audio' | 'images' | 'videos';
export type Asset = Schemas['ProjectAssetView'];
export type Sentence = Schemas['ProjectSentenceView'];
export type Project = Schemas['ProjectView'];
export type ProjectList = Schemas['ProjectPage'];
export type Begun = Schemas['GenerationBegun'];

type Socket = Gateway['SocketMessage'];

/** A message of one type, with the members that it always has. */
type Told<T extends Socket['type'], K extends keyof Socket> = Given<Socket, K> & { type: T };

/** What the socket of a project says (docs/doors/storyboards.md). */
export type SocketMessage =
  | Told<'snapshot', 'projectId' | 'steps'>
  | Told<'job_complete', 'batchId' | 'position' | 'jobId' | 'stage'>
  | Told<'job_failed', 'batchId' | 'position' | 'jobId' | 'stage' | 'state'>
  | Told<'generation_stage_change', 'batchId' | 'position' | 'stage' | 'stageTotal' | 'status'>;

// Slideshows (5.5)

export type LinkList = Schemas['LinkList'];
export type SlideshowRequest = Schemas['SlideshowRequest'];
export type SlideshowSubmitted = Schemas['SlideshowsSubmitted'];
export type SlideshowEstimate = Narrowed<
  Schemas['SlideshowEstimate'],
  {
    counts: Narrowed<Schemas['SlideshowEstimateCounts'], { steps: Partial<Record<StepKind, number>> }>;
    cost: Narrowed<Schemas['SlideshowEstimateCost'], { by_step_type: Partial<Record<StepKind, number>> }>;
  }
>;
export type LinkStatus = Schemas['SlideshowViewLinkStatus'];
export type SlideshowStatus = Schemas['SlideshowView'];
