/**
 * A host in nine lines: each layer with its mark and its one telling line, and who may open the node.
 *
 * `judged: false` shows what is there and keeps back what it comes to: a question about it is open.
 */
import type { Frame } from '../model/item.ts';
import { say } from '../state/language.ts';
import { layerNames } from './layerNames.ts';
import { Mark } from './Mark.tsx';
import { Unbroken } from './Unbroken.tsx';

function Openers({ verdicts }: Pick<Frame, 'verdicts'>) {
  return (
    <p class="openers">
      <span class="faint">{say({ en: 'may open it:', zh: '能否打开：' })}</span>{' '}
      {verdicts.map(({ user, errno }) => (
        <span class="opener">
          {user}{' '}
          {errno === null ? (
            <span class="good">✓ {say({ en: 'opens', zh: '可打开' })}</span>
          ) : (
            <span class="bad">
              ✕ <code>{errno}</code>
            </span>
          )}
        </span>
      ))}
    </p>
  );
}

export function Brief({ frame, judged = true }: Readonly<{ frame: Frame; judged?: boolean }>) {
  const { layers, node, verdicts } = frame;
  const told = layers.filter(({ id }) => judged || id !== 'qemu');
  return (
    <>
      <ul class="brief">
        {told.map(({ id, mark, line }) => (
          <li data-layer={id}>
            <Mark mark={judged ? mark : 'quiet'} />
            <span>
              <b>{say(layerNames[id])}</b>{' '}
              <code>
                <Unbroken text={say(line)} />
              </code>
            </span>
          </li>
        ))}
      </ul>
      <p class="acl">
        <code>
          <Unbroken text={node?.rows.map(({ text }) => text).join(' ') ?? '-'} />
        </code>
      </p>
      {judged && <Openers verdicts={verdicts} />}
    </>
  );
}
