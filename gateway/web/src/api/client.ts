import { OFFLINE, ProblemError, problemOf } from './problem';

/** One request with a body of any type; the answer's JSON (undefined where it has none), or a ProblemError. */
export async function send<T>(
  method: string,
  path: string,
  body?: BodyInit,
  headers: Record<string, string> = {},
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { method, headers, ...(body === undefined ? {} : { body }) });
  } catch {
    throw new ProblemError(OFFLINE);
  }
  const text = await response.text();
  if (!response.ok) throw new ProblemError(problemOf(response.status, text));
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** One request with a JSON body. */
export const call = <T>(method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  body === undefined
    ? send<T>(method, path, undefined, headers)
    : send<T>(method, path, JSON.stringify(body), { 'Content-Type': 'application/json', ...headers });

export const get = <T>(path: string) => call<T>('GET', path);

export const post = <T>(path: string, body?: unknown, headers?: Record<string, string>) =>
  call<T>('POST', path, body, headers);

/** A new Idempotency-Key. Not randomUUID, which pages without https don't have. */
export const newKey = () =>
  `console-${[...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('')}`;

/**
 * Uploads one file and tells how far it is, from 0 to 1.
 * XMLHttpRequest, since fetch tells nothing of what was sent.
 */
export function upload<T>(file: File, progress: (share: number) => void, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/uploads');
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    };
    request.onload = () =>
      request.status < 300
        ? resolve(JSON.parse(request.responseText) as T)
        : reject(new ProblemError(problemOf(request.status, request.responseText)));
    request.onerror = () => reject(new ProblemError(OFFLINE));
    request.onabort = () => reject(new DOMException('The upload was stopped.', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    const form = new FormData();
    form.append('files', file, file.name);
    request.send(form);
  });
}
