/**
 * Who may open /dev/kvm: the kernel's way through the entries for one user, the mask laid over, and the verdict.
 */
import { useState } from 'preact/hooks';
import type { AclRow, Judged, NodeView, Verdict } from '../model/item.ts';
import { frame } from '../state/app.ts';
import { say } from '../state/language.ts';

const fates: Readonly<Record<Judged['fate'], { en: string; zh: string; shape: string }>> = {
  decides: { en: 'decides', zh: '由它决定', shape: '◆' },
  refused: { en: 'matches, refuses', zh: '匹配，但拒绝', shape: '✕' },
  passed: { en: 'passed over', zh: '跳过', shape: '↓' },
  'not reached': { en: 'not reached', zh: '轮不到', shape: '–' },
  'not asked': { en: 'not read', zh: '不读取', shape: '–' },
};

/** r, w, x of an entry; what the mask takes away is crossed out. */
function Bits({ row }: Readonly<{ row: AclRow }>) {
  return (
    <span class="bits" aria-hidden="true">
      {[...row.perm].map((bit, i) => (
        <span
          class={
            row.effective !== null && row.effective[i] !== bit
              ? 'bit taken'
              : bit === '-'
                ? 'bit none'
                : 'bit'
          }
        >
          {bit}
        </span>
      ))}
    </span>
  );
}

function EntryRow({ row, judged }: Readonly<{ row: AclRow; judged: Judged | undefined }>) {
  const fate = judged ? fates[judged.fate] : null;
  return (
    <tr class={judged?.fate.replace(' ', '-')}>
      <th scope="row">
        <code>{row.text}</code>
        {row.masked && <span class="faint"> #effective:{row.effective}</span>}
      </th>
      <td>
        <Bits row={row} />
      </td>
      <td>
        {fate && judged && (
          <>
            <span aria-hidden="true" class="shape">
              {fate.shape}
            </span>{' '}
            <b>{say(fate)}</b> <span class="faint">{say(judged.why)}</span>
          </>
        )}
      </td>
    </tr>
  );
}

function Entries({ node, verdict }: Readonly<{ node: NodeView; verdict: Verdict }>) {
  const order = [...verdict.judged].sort((a, b) => a.row - b.row);
  return (
    <table class="entries">
      <caption class="unseen">
        {say({ en: 'Entries in the order in which the kernel asks them', zh: '按内核询问的顺序' })}
      </caption>
      <thead>
        <tr>
          <th scope="col">{say({ en: 'entry', zh: '条目' })}</th>
          <th scope="col">{say({ en: 'under the mask', zh: '经 mask' })}</th>
          <th scope="col">{say({ en: `for ${verdict.user}`, zh: `对 ${verdict.user}` })}</th>
        </tr>
      </thead>
      <tbody>
        {node.rows.map((row, i) => (
          <EntryRow row={row} judged={order[i]} />
        ))}
      </tbody>
    </table>
  );
}

function Sentence({ verdict }: Readonly<{ verdict: Verdict }>) {
  const opens = verdict.errno === null;
  return (
    <p class={`verdict ${opens ? 'good' : 'bad'}`}>
      <span aria-hidden="true">{opens ? '✓' : '✕'}</span>{' '}
      <code>open("/dev/kvm", O_RDWR) = {opens ? '3' : `-1 ${verdict.errno}`}</code>{' '}
      <span class="by">
        {say({ en: 'decided by', zh: '决定者' })} <code>{verdict.by}</code>
      </span>
    </p>
  );
}

export function WhoMayOpen() {
  const { verdicts, node } = frame.value;
  const [wanted, setWanted] = useState('qemu');
  const verdict = verdicts.find(({ user }) => user === wanted) ?? verdicts[0];
  if (verdict === undefined) return null;
  return (
    <section class="who-may" aria-labelledby="who-title">
      <h2 id="who-title">{say({ en: 'Who may open /dev/kvm?', zh: '谁能打开 /dev/kvm？' })}</h2>
      <fieldset class="choice">
        <legend class="unseen">{say({ en: 'User', zh: '用户' })}</legend>
        {verdicts.map(({ user, errno }) => (
          <label>
            <input
              type="radio"
              name="who"
              checked={user === verdict.user}
              onChange={() => setWanted(user)}
            />
            <span>
              {user}{' '}
              <span
                class={errno === null ? 'good' : 'bad'}
                role="img"
                aria-label={
                  errno === null
                    ? say({ en: 'may', zh: '可以' })
                    : say({ en: 'may not', zh: '不可以' })
                }
              >
                {errno === null ? '✓' : '✕'}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      <p class="faint">
        uid {verdict.uid}; {say({ en: 'groups', zh: '所属组' })}: {verdict.groups.join(', ')}
      </p>
      {node === null ? (
        <p>{say({ en: 'There is no node to open.', zh: '没有可打开的节点。' })}</p>
      ) : (
        <>
          {node.shortcut && (
            <p class="note">
              {say({
                en: 'The group bits of the mode are ---: the kernel does not read the ACL at all, and judges by the three classes.',
                zh: 'mode 的组位是 ---：内核根本不看 ACL，只按三类判断。',
              })}
            </p>
          )}
          <Entries node={node} verdict={verdict} />
        </>
      )}
      <Sentence verdict={verdict} />
    </section>
  );
}
