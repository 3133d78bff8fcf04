import { useEffect, useRef, useState } from 'react';
import type { SocketMessage } from '../api/types';
import { NO_GENERATION, type ProjectState, withMessage } from './projectFeed';

const RETRY_MS = [500, 1_000, 2_000, 4_000, 8_000];

/**
 * Follows a project's generations over its socket, which goes on from the last position after a lost connection.
 *
 * @param onMessage gets each message, after the state has taken it
 */
export function useProjectSocket(projectId: string, onMessage: (message: SocketMessage) => void) {
  const [state, setState] = useState<ProjectState>(NO_GENERATION);
  const [live, setLive] = useState(false);
  const handler = useRef(onMessage);
  handler.current = onMessage;

  useEffect(() => {
    let socket: WebSocket | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    let closed = false;
    let position: string | null = null;
    setState(NO_GENERATION);

    const open = () => {
      const from = position === null ? '' : `?position=${encodeURIComponent(position)}`;
      const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
      socket = new WebSocket(`${scheme}://${location.host}/ws/projects/${projectId}${from}`);
      socket.onopen = () => {
        failures = 0;
        setLive(true);
      };
      socket.onmessage = (event: MessageEvent<string>) => {
        const message = JSON.parse(event.data) as SocketMessage;
        if (message.position) position = message.position;
        setState((before) => withMessage(before, message));
        handler.current(message);
      };
      socket.onclose = () => {
        setLive(false);
        if (!closed) timer = setTimeout(open, RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)]);
      };
    };
    open();
    return () => {
      closed = true;
      clearTimeout(timer);
      socket?.close();
    };
  }, [projectId]);

  return { state, live };
}
