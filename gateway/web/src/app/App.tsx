import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createBrowserRouter, Navigate, RouterProvider } from 'react-router';
import { ProblemError } from '../api/problem';
import { Shell } from './Shell';
import { theme, variables } from './theme';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // why not for refusals: asking again gets the same words
      retry: (failures, error) =>
        failures < 3 &&
        !(error instanceof ProblemError && error.problem.status >= 400 && error.problem.status < 500),
      staleTime: 2_000,
    },
  },
});

const router = createBrowserRouter([
  {
    element: <Shell />,
    hydrateFallbackElement: <></>,
    children: [
      { index: true, element: <Navigate to="/batches" replace /> },
      {
        path: 'batches',
        lazy: async () => ({ Component: (await import('../batches/BatchesPage')).BatchesPage }),
      },
      {
        path: 'batches/:id',
        lazy: async () => ({ Component: (await import('../batch/BatchPage')).BatchPage }),
      },
      {
        path: 'pipeline',
        lazy: async () => ({ Component: (await import('../pipeline/PipelinePage')).PipelinePage }),
      },
      {
        path: 'variants',
        lazy: async () => ({ Component: (await import('../variants/VariantsPage')).VariantsPage }),
      },
      {
        path: 'variants/products/:id',
        lazy: async () => ({ Component: (await import('../variants/ProductPage')).ProductPage }),
      },
      {
        path: 'variants/jobs/:id',
        lazy: async () => ({ Component: (await import('../variants/JobPage')).JobPage }),
      },
      {
        path: 'scenes',
        lazy: async () => ({ Component: (await import('../scenes/ScenesPage')).ScenesPage }),
      },
      {
        path: 'storyboards',
        lazy: async () => ({ Component: (await import('../storyboards/StoryboardsPage')).StoryboardsPage }),
      },
      {
        path: 'storyboards/:id',
        lazy: async () => ({ Component: (await import('../storyboards/ProjectPage')).ProjectPage }),
      },
      {
        path: 'slideshows',
        lazy: async () => ({ Component: (await import('../slideshows/SlideshowsPage')).SlideshowsPage }),
      },
      {
        path: 'slideshows/:id',
        lazy: async () => ({ Component: (await import('../slideshows/SlideshowPage')).SlideshowPage }),
      },
      {
        path: 'settings',
        lazy: async () => ({ Component: (await import('../settings/SettingsPage')).SettingsPage }),
      },
      {
        path: '*',
        lazy: async () => ({ Component: (await import('./NotFoundPage')).NotFoundPage }),
      },
    ],
  },
]);

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <ModalsProvider labels={{ confirm: 'Confirm', cancel: 'Back' }}>
          <Notifications position="bottom-right" limit={4} />
          <RouterProvider router={router} />
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
