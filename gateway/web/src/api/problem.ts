/** An RFC 9457 problem, or what stands for one when nothing answered. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors: { field: string; message: string; accepted?: string[] }[];
}

export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

export const OFFLINE: Problem = {
  type: 'urn:kombine:problem:unreachable',
  title: 'Kombine does not answer',
  status: 0,
  detail: 'Kombine does not answer. What you see may be old; this page tries again by itself.',
  errors: [],
};

/** Reads a refusal's body, whatever it holds. */
export function problemOf(status: number, body: string): Problem {
  let read: Partial<Problem> = {};
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === 'object' && parsed !== null) read = parsed;
  } catch {
    // why nothing: a proxy's page is no problem document, and the status says enough
  }
  const title = read.title ?? `The request failed (${status})`;
  return {
    type: read.type ?? 'about:blank',
    title,
    status,
    detail: read.detail ?? title,
    errors: Array.isArray(read.errors) ? read.errors : [],
  };
}

export function asProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return { ...OFFLINE, detail: error instanceof Error ? error.message : String(error) };
}

/** What a problem says of one field, such as `i2i_config.prompts[2]`. */
export function fieldMessage(problem: Problem | null, ...fields: string[]): string | undefined {
  const found = problem?.errors.find((e) => fields.some((f) => e.field === f || e.field.startsWith(`${f}[`)));
  if (!found) return undefined;
  const accepted = found.accepted?.length ? ` Accepted: ${found.accepted.join(', ')}.` : '';
  const place = found.field.match(/\[(\d+)\]$/);
  const line = place ? `Line ${Number(place[1]) + 1} ` : '';
  return `${line}${found.message}.${accepted}`;
}
