/**
 * Where one is, and how one wants it: name, places, language, theme.
 */
import { place } from '../state/app.ts';
import { language, say, type Theme, theme } from '../state/language.ts';
import { presenting } from '../state/presenting.ts';
import { panelLink } from './links.ts';

const themeWords: Readonly<Record<Theme, { en: string; zh: string }>> = {
  auto: { en: 'As the system', zh: '跟随系统' },
  light: { en: 'Light', zh: '浅色' },
  dark: { en: 'Dark', zh: '深色' },
};

function Places() {
  const { view } = place.value;
  const current = (name: string) => (view === name ? 'page' : undefined);
  return (
    <nav class="places" aria-label={say({ en: 'Places', zh: '主导航' })}>
      <a href={panelLink('open')} aria-current={current('host')}>
        {say({ en: 'The host', zh: '主机' })}
      </a>
      <a href="#/scenarios" aria-current={current('scenarios')}>
        {say({ en: 'Scenarios', zh: '场景' })}
      </a>
      <a href="#/lessons" aria-current={view === 'lesson' ? 'true' : current('lessons')}>
        {say({ en: 'Lessons', zh: '课程' })}
      </a>
    </nav>
  );
}

function Wishes() {
  const other = language.value === 'en' ? 'zh' : 'en';
  return (
    <div class="wishes">
      <button
        type="button"
        lang={other === 'zh' ? 'zh-CN' : 'en'}
        onClick={() => (language.value = other)}
      >
        {other === 'zh' ? '中文' : 'English'}
      </button>
      <label>
        <span class="unseen">{say({ en: 'Colours', zh: '配色' })}</span>
        <select
          value={theme.value}
          onChange={(event) => (theme.value = event.currentTarget.value as Theme)}
        >
          {(Object.keys(themeWords) as Theme[]).map((name) => (
            <option value={name}>{say(themeWords[name])}</option>
          ))}
        </select>
      </label>
      <button
        type="button"
        aria-pressed={presenting.value}
        onClick={() => (presenting.value = !presenting.value)}
      >
        {say({ en: 'Present', zh: '演示' })}
      </button>
    </div>
  );
}

export function Header() {
  return (
    <header class="top">
      <a class="name" href="#/">
        kvmlab
      </a>
      <Places />
      <Wishes />
    </header>
  );
}
