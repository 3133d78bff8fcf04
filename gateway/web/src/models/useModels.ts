import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { Model, ModelList, StepKind } from '../api/types';

/** The models there are, with the currency of their prices. */
export function useModels() {
  const list = useQuery({
    queryKey: ['models'],
    queryFn: () => get<ModelList>('/api/models'),
    staleTime: 60_000,
  });
  return {
    known: list.data !== undefined,
    error: list.error,
    currency: list.data?.currency,
    of: (kind: StepKind): Model[] => list.data?.models.filter((model) => model.kind === kind) ?? [],
  };
}

/** The first wanted one that there is; else the one that costs the least, so that nobody is billed by oversight. */
export function chosenModel(models: Model[], ...wanted: (string | null | undefined)[]): Model | undefined {
  for (const id of wanted) {
    const found = models.find((model) => model.id === id);
    if (found) return found;
  }
  const price = (model: Model) => Math.min(...model.prices.map((each) => each.amount));
  return models.toSorted((a, b) => price(a) - price(b))[0];
}

/** The first wanted resolution that the model has, else 720p, else its first. */
export function chosenResolution(model: Model | undefined, ...wanted: (string | null | undefined)[]) {
  const there = model?.capabilities.resolutions ?? [];
  return [...wanted, '720p'].find((each) => each && there.includes(each)) ?? there[0] ?? null;
}
