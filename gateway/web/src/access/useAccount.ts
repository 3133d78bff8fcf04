import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import { ProblemError } from '../api/problem';
import type { Account } from '../api/types';

/** The account of the key in use, asked for again and again: the first to learn that there is none. */
export const useAccount = () =>
  useQuery({
    queryKey: ['account'],
    queryFn: () => get<Account>('/api/account'),
    refetchInterval: 5_000,
  });

/** Whether the gateway asks for a key that this browser does not have. */
export function useKeyWanted(): boolean {
  const { error } = useAccount();
  return error instanceof ProblemError && error.problem.status === 401;
}
