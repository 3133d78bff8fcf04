import { type ReactNode, useRef } from 'react';

const IMAGES = 'image/jpeg,image/png,image/webp';

/** A way to choose files: draws whatever asks for them, and gives what was chosen. */
export function FilesButton({
  label,
  multiple = false,
  accept = IMAGES,
  onFiles,
  children,
}: {
  label: string;
  multiple?: boolean;
  accept?: string;
  onFiles: (files: File[]) => void;
  children: (choose: () => void) => ReactNode;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      {children(() => input.current?.click())}
      <input
        ref={input}
        type="file"
        accept={accept}
        multiple={multiple}
        hidden
        aria-label={label}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
