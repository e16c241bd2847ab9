/** A part of the page that is loaded when it is first wanted. */
import type { ComponentChildren } from 'preact';
import { say } from '../state/language.ts';
import { useArrived } from './useArrived.ts';

type Props<T> = Readonly<{
  /** The same function each time: another one would load anew. */
  load: () => Promise<T>;
  show: (part: T) => ComponentChildren;
}>;

export function Later<T>({ load, show }: Props<T>) {
  const part = useArrived(load);
  if (part === null) return <p class="waiting">{say({ en: 'loading', zh: '加载中' })} …</p>;
  return <>{show(part)}</>;
}
