import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { post } from '../api/client';
import { asProblem } from '../api/problem';
import { useNow } from '../ui/useNow';

const RENEW_BEFORE_MS = 30_000;

interface Priced {
  quote_id?: string;
  expires_at?: string;
}

/**
 * The price of what has been entered, asked for whenever it changes, and the submit that is held to it: possible
 * only while the quote is that of exactly what is entered now.
 *
 * @param door the path that takes the request; its estimate is asked for below it
 * @param incomplete why there is nothing to be priced yet, or null
 */
export function useQuote<E extends Priced>({
  door,
  request,
  incomplete,
  onSubmitted,
}: {
  door: string;
  request: object;
  incomplete: string | null;
  onSubmitted: (batchId: string) => void;
}) {
  const now = useNow(5_000);
  const wanted = JSON.stringify(request);
  const [settled] = useDebouncedValue(wanted, 350);
  const quote = useQuery({
    queryKey: ['estimate', door, settled],
    queryFn: () => post<E>(`${door}/estimate`, JSON.parse(settled)),
    enabled: incomplete === null,
    retry: false,
    staleTime: 60_000,
    // why: a quote that runs out while one looks at it is renewed before it does
    refetchInterval: ({ state }) => {
      const left = Date.parse(state.data?.expires_at ?? '') - Date.now() - RENEW_BEFORE_MS;
      return Number.isNaN(left) ? false : Math.max(10_000, left);
    },
  });
  const submit = useMutation({
    mutationFn: (quoteId: string) =>
      post<{ batch_id: string }>(
        door,
        { ...request, quote_id: quoteId },
        // why the quote's id: pressing twice, or again after a lost answer, makes one batch
        { 'Idempotency-Key': `console-${quoteId}` },
      ),
    onSuccess: ({ batch_id }) => onSubmitted(batch_id),
    onError: () => void quote.refetch(),
  });
  const error = submit.error ?? quote.error;
  const id = quote.data?.quote_id;
  const valid =
    incomplete === null &&
    settled === wanted &&
    id !== undefined &&
    !quote.isFetching &&
    Date.parse(quote.data?.expires_at ?? '') > now;
  return {
    /** The latest price; shown while the next one is asked for only where nothing has changed. */
    estimate: incomplete === null ? quote.data : undefined,
    incomplete,
    valid,
    pricing: incomplete === null && (quote.isFetching || settled !== wanted),
    submitting: submit.isPending,
    error,
    problem: error ? asProblem(error) : null,
    submit: () => {
      if (valid) submit.mutate(id);
    },
  };
}
