/**
 * Which fix lasts: every shortest repair, tried on a copy, with what it survives and what it does to guests.
 */
import type { Survival } from '../../sim/explain/fixes/survive.ts';
import type { Words } from '../../sim/play/scenario.ts';
import { story } from '../state/app.ts';
import { alter } from '../state/changes.ts';
import { say } from '../state/language.ts';
import type { FixAnswer, FixesAnswer } from '../worker/questions.ts';
import { hostNow } from './hostNow.ts';
import { Searching } from './Searching.tsx';
import { useWorker } from './useWorker.ts';

const guestWords: Readonly<Record<FixAnswer['guests'], Words>> = {
  none: { en: 'no guest can be running', zh: '此时不会有虚拟机' },
  unharmed: { en: 'a running guest is unharmed', zh: '运行中的虚拟机不受影响' },
  refused: { en: 'a running guest makes it fail', zh: '有虚拟机运行时会失败' },
  ended: { en: 'running guests end', zh: '运行中的虚拟机会终止' },
};

const survivalWords: Readonly<Record<'yes' | 'again' | 'no', Words>> = {
  yes: { en: 'survives', zh: '经得起' },
  again: { en: 'survives, libvirtd must be told again', zh: '经得起，但要再通知 libvirtd' },
  no: { en: 'is lost', zh: '会失效' },
};

const shapes = { yes: '✓', again: '(✓)', no: '✕' } as const;

function Survives({ how, ordeal }: Readonly<{ how: Survival; ordeal: Words }>) {
  if (how === null) return null;
  return (
    <li class={how === 'no' ? 'bad' : ''}>
      <span aria-hidden="true">{shapes[how]}</span> {say(ordeal)}{' '}
      <span class={how === 'no' ? '' : 'unseen'}>{say(survivalWords[how])}</span>
    </li>
  );
}

function Fix({ fix, number }: Readonly<{ fix: FixAnswer; number: number }>) {
  const lines = [...fix.commands, ...fix.tell, ...fix.also];
  const { at } = story.value;
  return (
    <li class="fix">
      <pre class="block">{lines.map((line) => `# ${line}`).join('\n')}</pre>
      <p>
        {number === 0 && <b>{say({ en: 'Recommended. ', zh: '推荐。' })}</b>}
        {say(guestWords[fix.guests])}
        {fix.lets.length > 0 &&
          `; ${say({ en: 'lets in', zh: '还放进了' })} ${fix.lets.join(', ')}`}
      </p>
      <ul class="survives">
        {fix.survives.map(({ how, ordeal }) => (
          <Survives how={how} ordeal={ordeal} />
        ))}
      </ul>
      <button type="button" onClick={() => alter({ at, type: lines.join('\n') })}>
        {say({ en: 'Type it here and see', zh: '在此输入并查看' })}
      </button>
    </li>
  );
}

/** More than one reads at once; the command line prints all of them. */
const SHOWN = 8;

function Found({ answer }: Readonly<{ answer: FixesAnswer }>) {
  if (answer.works)
    return (
      <p class="good">
        ✓{' '}
        {say({
          en: 'A KVM guest starts here: nothing is to be mended.',
          zh: '这里能启动 KVM 虚拟机：无需修复。',
        })}
      </p>
    );
  const { fixes, useless, tried } = answer;
  return (
    <>
      <p class="faint">
        {say({
          en: `${tried} lines typed on copies; ${fixes.length} repairs found, the best first.`,
          zh: `在副本上输入了 ${tried} 行；找到 ${fixes.length} 种修复，最优在前。`,
        })}
      </p>
      <ol class="fixes">
        {fixes.slice(0, SHOWN).map((fix, i) => (
          <Fix fix={fix} number={i} />
        ))}
      </ol>
      {useless.length > 0 && (
        <>
          <h3>{say({ en: 'Looks right, does nothing', zh: '看似正确，实则无效' })}</h3>
          <ul>
            {useless.map(({ commands, says }) => (
              <li>
                <code>{commands.join('; ')}</code> — {say(says)}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

export function Fixes() {
  const now = hostNow();
  const question = now === null ? null : ({ ask: 'fixes', trace: now.trace } as const);
  const asking = useWorker<FixesAnswer>(now?.key ?? '', question);
  return (
    <section aria-labelledby="fixes-title">
      <h2 id="fixes-title">{say({ en: 'Which fix lasts?', zh: '哪种修复能持久？' })}</h2>
      <p>
        {say({
          en: 'Nothing on this computer is changed: every line was typed on a copy of the simulated host.',
          zh: '你的电脑不会有任何改动：每行命令都在模拟主机的副本上输入。',
        })}
      </p>
      <Searching asking={asking} />
      {asking.answer && <Found answer={asking.answer} />}
    </section>
  );
}
