/**
 * Answers of pure functions, kept for the next time that the same is asked.
 *
 * Models: nothing; programs of the host are run again and again on the same texts
 *
 * A turn of a program must be a function of its memory and its answers alone, and stays one: only functions of
 * their argument alone go in here, and what they return is never written to. Nobody can tell, except by the clock.
 */

/** For a function of a text. `most` texts are kept; then all are forgotten, and it begins anew. */
export function memo<T>(make: (text: string) => T, most: number): (text: string) => T {
  const kept = new Map<string, T>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const made = make(text);
    if (kept.size >= most) kept.clear();
    kept.set(text, made);
    return made;
  };
}

/** For a function of a value that never changes; kept for as long as that value. */
export function memoOf<K extends object, T>(make: (key: K) => T): (key: K) => T {
  const kept = new WeakMap<K, T>();
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = make(key);
    kept.set(key, made);
    return made;
  };
}
