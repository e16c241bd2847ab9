/**
 * Where to go from the puzzle: four doors, a fifth for those whose own host is broken, and the rest.
 */
import type { Words } from '../../sim/play/scenario.ts';
import { place } from '../state/app.ts';
import { say } from '../state/language.ts';
import type { Panel } from '../state/place.ts';
import { loadEngine } from '../state/start.ts';
import { lessonLink, panelLink } from './links.ts';

type Door = Readonly<{ to: Panel; title: Words; says: Words }>;

const doors: readonly Door[] = [
  {
    to: 'why',
    title: { en: 'Why is it broken?', zh: '为什么坏了？' },
    says: {
      en: 'From the error down to the system call that wrote the fatal bit',
      zh: '从报错一直追到写下致命一位的系统调用',
    },
  },
  {
    to: 'fixes',
    title: { en: 'Which fix lasts?', zh: '哪种修复能持久？' },
    says: {
      en: 'Each tried on a copy of this host, with a guest running',
      zh: '各自在主机副本上试验，并带一台运行中的虚拟机',
    },
  },
  {
    to: 'terminal',
    title: { en: 'Open the terminal', zh: '打开终端' },
    says: { en: 'A root shell on this host, at this moment', zh: '此刻这台主机上的 root shell' },
  },
];

const rest: readonly Readonly<{ to: Panel; title: Words }>[] = [
  { to: 'open', title: { en: 'Who may open it?', zh: '谁能打开？' } },
  { to: 'step', title: { en: 'What changed in this step', zh: '这一步改变了什么' } },
  { to: 'explore', title: { en: 'All orders', zh: '所有顺序' } },
  { to: 'charts', title: { en: 'Statecharts', zh: '状态图' } },
  { to: 'compare', title: { en: 'Two futures', zh: '两种未来' } },
  { to: 'handout', title: { en: 'Handout', zh: '讲义' } },
  {
    to: 'paste',
    title: { en: 'My host is broken: paste a report', zh: '我的主机坏了：粘贴报告' },
  },
];

export function Doors() {
  const here = place.value.view === 'host' ? place.value.panel : null;
  const current = (to: Panel) => (here === to ? 'page' : undefined);
  return (
    <nav
      class="doors"
      aria-label={say({ en: 'What next', zh: '接下来' })}
      onPointerEnter={loadEngine}
      onFocusIn={loadEngine}
    >
      <ul class="big">
        {doors.map(({ to, title, says }) => (
          <li>
            <a href={panelLink(to)} aria-current={current(to)}>
              <b>{say(title)}</b>
              <span>{say(says)}</span>
            </a>
          </li>
        ))}
        <li>
          <a href={lessonLink('01-what-is-dev-kvm')}>
            <b>{say({ en: 'Predict the next line', zh: '预测下一行' })}</b>
            <span>
              {say({
                en: 'The first lesson: one click, scored at once',
                zh: '第一课：点一下，立刻评分',
              })}
            </span>
          </a>
        </li>
      </ul>
      <ul class="small">
        {rest.map(({ to, title }) => (
          <li>
            <a href={panelLink(to)} aria-current={current(to)}>
              {say(title)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
