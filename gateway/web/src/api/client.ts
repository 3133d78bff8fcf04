import { OFFLINE, ProblemError, problemOf } from './problem';

/** One request; the answer's JSON, or a ProblemError. */
export async function call<T>(
  method: string,
  path: string,
  body?: unknown,
  headers?: HeadersInit,
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? { ...headers } : { 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new ProblemError(OFFLINE);
  }
  const text = await response.text();
  if (!response.ok) throw new ProblemError(problemOf(response.status, text));
  return JSON.parse(text) as T;
}

export const get = <T>(path: string) => call<T>('GET', path);

export const post = <T>(path: string, body?: unknown, headers?: HeadersInit) =>
  call<T>('POST', path, body, headers);

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
