import { notifications } from '@mantine/notifications';
import { asProblem } from '../api/problem';

/** Says that something went wrong, in the problem's own words. */
export function toldFailure(error: unknown) {
  const problem = asProblem(error);
  notifications.show({ color: 'red', title: problem.title, message: problem.detail, autoClose: 10_000 });
}

export const told = (title: string, message: string) => notifications.show({ title, message });
