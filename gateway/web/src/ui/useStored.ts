import { useLocalStorage } from '@mantine/hooks';

/** A value kept in the browser, the same in all tabs. Fields that are new since it was kept have their defaults. */
export function useStored<T extends object>(key: string, defaults: T) {
  return useLocalStorage<T>({
    key,
    defaultValue: defaults,
    getInitialValueInEffect: false,
    deserialize: (text) => {
      try {
        return { ...defaults, ...(text ? (JSON.parse(text) as Partial<T>) : {}) };
      } catch {
        return defaults;
      }
    },
  });
}
