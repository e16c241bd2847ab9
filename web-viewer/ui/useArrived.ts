/** What a promise brings, null until then. */
import { useEffect, useState } from 'preact/hooks';

export function useArrived<T>(promise: () => Promise<T>): T | null {
  const [arrived, setArrived] = useState<{ value: T } | null>(null);
  useEffect(() => {
    let wanted = true;
    promise().then((value) => {
      if (wanted) setArrived({ value });
    });
    return () => {
      wanted = false;
    };
  }, [promise]);
  return arrived?.value ?? null;
}
