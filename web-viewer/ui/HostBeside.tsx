/**
 * The host of an exercise beside its question: step through what has happened; what is asked about stays hidden until the answer.
 */
import { useEffect, useState } from 'preact/hooks';
import { changesBetween } from '../model/difference.ts';
import type { Item } from '../model/item.ts';
import { say } from '../state/language.ts';
import { Brief } from './Brief.tsx';
import { Folded } from './Folded.tsx';
import { Said } from './Said.tsx';
import { Sequence } from './Sequence.tsx';
import { Changes } from './Step.tsx';

type Props = Readonly<{
  items: readonly Item[];
  /** So many may be seen now. */
  seen: number;
  /** To the whole page, with this host in it. */
  onOpen: (() => void) | null;
}>;

const wide = () => matchMedia('(min-width: 62rem)').matches;

function Steps({
  items,
  seen,
  at,
  go,
}: Readonly<{ items: readonly Item[]; seen: number; at: number; go: (at: number) => void }>) {
  return (
    <div class="controls">
      <button
        type="button"
        disabled={at <= 0}
        aria-label={say({ en: 'Step back', zh: '后退一步' })}
        onClick={() => go(at - 1)}
      >
        ‹
      </button>
      <button
        type="button"
        disabled={at >= seen - 1}
        aria-label={say({ en: 'Step forward', zh: '前进一步' })}
        onClick={() => go(at + 1)}
      >
        ›
      </button>
      <span class="now" aria-live="polite">
        <b>
          {at + 1}/{items.length}
        </b>{' '}
        <Said words={items[at]?.says ?? { en: '', zh: '' }} />
      </span>
    </div>
  );
}

function Hidden({ items, seen }: Pick<Props, 'items' | 'seen'>) {
  const hidden = items.slice(seen);
  if (hidden.length === 0) return null;
  return (
    <p class="faint hidden-steps">
      {say({ en: 'Hidden until you answer: ', zh: '作答之后才显示：' })}
      <Sequence words={hidden.map(({ says }) => says)} />
    </p>
  );
}

export function HostBeside({ items, seen, onOpen }: Props) {
  const [at, setAt] = useState(seen - 1);
  useEffect(() => setAt(seen - 1), [items, seen]);
  const here = items[Math.min(at, seen - 1)];
  const before = items[Math.min(at, seen - 1) - 1];
  return (
    <details class="host-beside" open={wide()}>
      <summary>{say({ en: 'The host', zh: '主机' })}</summary>
      {here !== undefined && (
        <>
          <Steps items={items} seen={seen} at={Math.min(at, seen - 1)} go={setAt} />
          <Brief frame={here.frame()} judged={seen === items.length} />
          {before !== undefined && seen === items.length && (
            <Folded
              title={say({ en: 'what this step changed', zh: '这一步改变了什么' })}
              inside={() => <Changes changes={changesBetween(before.frame(), here.frame())} />}
            />
          )}
        </>
      )}
      <Hidden items={items} seen={seen} />
      {onOpen !== null && (
        <button type="button" class="link" onClick={onOpen}>
          {say({ en: 'Take this host apart', zh: '在主机页细看' })}
        </button>
      )}
    </details>
  );
}
