import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const ink: MantineColorsTuple = [
  '#eef1ff',
  '#dbe0fb',
  '#b5bef1',
  '#8c9ae8',
  '#6a7be0',
  '#5468db',
  '#4355d6',
  '#3646be',
  '#2e3eab',
  '#233597',
];

export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 5 },
  colors: { ink },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, monospace',
  headings: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontWeight: '640' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Notification: {
      defaultProps: {
        closeButtonProps: { 'aria-label': 'Dismiss' },
        styles: { description: { color: 'var(--kb-quiet)' } },
      },
    },
    Paper: { defaultProps: { radius: 'lg' } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
  },
});

/** Surfaces a little off white and off black, so that cards stand out without lines everywhere. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f6f7f9',
    '--kb-surface': '#ffffff',
    '--kb-line': '#e3e6ec',
    '--kb-quiet': '#5b6472',
    '--mantine-color-dimmed': '#5b6472',
    '--mantine-color-error': '#c22836',
    '--mantine-color-red-text': '#c22836',
    '--mantine-color-red-filled': '#c22836',
    '--mantine-color-red-filled-hover': '#a81f2c',
    '--mantine-color-placeholder': '#6b7483',
  },
  dark: {
    '--mantine-color-body': '#101217',
    '--mantine-color-text': '#e4e7ed',
    '--mantine-primary-color-light': 'rgb(106 123 224 / 18%)',
    '--mantine-primary-color-light-hover': 'rgb(106 123 224 / 26%)',
    '--mantine-primary-color-light-color': '#c3cbff',
    '--kb-surface': '#181b22',
    '--kb-line': '#2a2f3a',
    '--kb-quiet': '#9aa4b5',
    '--mantine-color-dimmed': '#9aa4b5',
    '--mantine-color-error': '#ff8f98',
    '--mantine-color-red-text': '#ff8f98',
    '--mantine-color-red-filled': '#c22836',
    '--mantine-color-red-filled-hover': '#a81f2c',
    '--mantine-color-placeholder': '#8b95a7',
  },
});
