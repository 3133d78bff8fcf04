import { Code, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Output } from '../api/types';

/** An output, shown as what it is. */
export function Media({ output, alt }: { output: Output; alt: string }) {
  if (output.media_type.startsWith('video/')) {
    return (
      // biome-ignore lint/a11y/useMediaCaption: the videos have no sound
      <video
        src={output.url}
        poster={output.thumbnail_url}
        controls
        loop
        playsInline
        aria-label={alt}
        style={{ width: '100%', borderRadius: 12, background: '#000' }}
      />
    );
  }
  if (output.media_type.startsWith('audio/')) {
    // biome-ignore lint/a11y/useMediaCaption: the words spoken stand beside it
    return <audio src={output.url} controls aria-label={alt} style={{ width: '100%' }} />;
  }
  if (output.media_type === 'application/json') return <JsonText url={output.url} />;
  return <img src={output.url} alt={alt} style={{ width: '100%', borderRadius: 12, display: 'block' }} />;
}

function JsonText({ url }: { url: string }) {
  const text = useQuery({
    queryKey: ['json', url],
    queryFn: async () => JSON.stringify(await (await fetch(url)).json(), null, 2),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return text.data ? <Code block>{text.data}</Code> : <Loader size="sm" />;
}
