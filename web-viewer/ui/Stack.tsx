/**
 * The stack from virsh down to the kernel: one telling line each, what passed between them in this step, and
 * behind each line what its own tool prints and where its statechart stands.
 */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { LayerId, LayerView, Message } from '../model/item.ts';
import { engine, frame, item } from '../state/app.ts';
import { say } from '../state/language.ts';
import { withEngine } from '../state/start.ts';
import { layerNames, layerRoles } from './layerNames.ts';
import { Mark } from './Mark.tsx';
import { chartsOfLayer, Standings } from './Standings.tsx';
import { Unbroken } from './Unbroken.tsx';

/** What one types to hear the layer itself. */
const tools: Readonly<Record<LayerId, string>> = {
  virsh: "virsh capabilities | grep '<domain type'",
  libvirt: 'systemctl status libvirtd',
  qemu: "runuser -u qemu -- sh -c ': <>/dev/kvm'",
  rpm: 'rpm -qa',
  logind: 'loginctl seat-status seat0',
  udev: 'udevadm info /dev/kvm',
  node: 'getfacl /dev/kvm',
  kernel: 'lsmod | grep kvm; dmesg | grep -i kvm',
};

function ToolSays({ id }: Readonly<{ id: LayerId }>) {
  const loaded = engine.value;
  if (loaded === null) {
    withEngine();
    return <p>{say({ en: 'the simulator is arriving', zh: '模拟器加载中' })} …</p>;
  }
  const line = tools[id];
  const { text, status } = loaded.ask(item.value, line);
  return (
    <figure class="printed">
      <figcaption>
        <code># {line}</code>
      </figcaption>
      <pre>{text === '' ? say({ en: '(prints nothing)', zh: '（无输出）' }) : text}</pre>
      {status !== 0 && (
        <p class="faint">
          {say({ en: 'exit status', zh: '退出码' })} {status}
        </p>
      )}
    </figure>
  );
}

function Layer({ view, acts }: Readonly<{ view: LayerView; acts: boolean }>) {
  const [open, setOpen] = useState(false);
  return (
    <li class={`layer ${view.mark}${acts ? ' acts' : ''}`} data-layer={view.id}>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <Mark mark={view.mark} />
          <span class="who">
            <b>{say(layerNames[view.id])}</b> <span class="faint">{say(layerRoles[view.id])}</span>
          </span>
          <span class="line">
            {view.said && (
              <span class="faint said" translate={false}>
                {view.said}:{' '}
              </span>
            )}
            <code>
              <Unbroken text={say(view.line)} />
            </code>
          </span>
        </summary>
        {open && (
          <div class="inside">
            <ToolSays id={view.id} />
            <Standings charts={chartsOfLayer[view.id]} />
          </div>
        )}
      </details>
    </li>
  );
}

type Arrow = Readonly<{ d: string; bad: boolean; key: string }>;

/** Curves in the gutter from the acting layer to the one that is acted upon. */
function arrowsOf(list: HTMLElement, messages: readonly Message[]): Arrow[] {
  const places = new Map<string, number>();
  for (const li of list.querySelectorAll<HTMLElement>(':scope > .layer')) {
    places.set(li.dataset['layer'] ?? '', li.offsetTop + 26);
  }
  const drawn = new Map<string, Arrow>();
  for (const { from, to, answer, wrote } of messages) {
    const key = `${from}>${to}`;
    const end = places.get(to);
    const begin = places.get(from) ?? -8;
    if (end === undefined || begin === end) continue;
    const bad = /^E[A-Z]+$/.test(answer) || drawn.get(key)?.bad === true;
    const reach = Math.min(38, 12 + Math.abs(end - begin) / 9);
    const shift = wrote ? 0 : 4;
    drawn.set(key, {
      key,
      bad,
      d: `M44 ${begin} C${44 - reach} ${begin} ${44 - reach} ${end + shift} 43 ${end + shift}`,
    });
  }
  return [...drawn.values()];
}

function Arrows({ list }: Readonly<{ list: { current: HTMLElement | null } }>) {
  const [arrows, setArrows] = useState<readonly Arrow[]>([]);
  const { messages } = item.value;
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    const draw = () => setArrows(arrowsOf(element, messages));
    draw();
    const watcher = new ResizeObserver(draw);
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [messages, list]);
  return (
    <svg class="arrows" aria-hidden="true">
      <defs>
        {['plain', 'bad'].map((kind) => (
          <marker
            id={`tip-${kind}`}
            class={kind}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path d="M0 0 L8 4 L0 8 z" />
          </marker>
        ))}
      </defs>
      {arrows.map(({ d, bad, key }) => (
        <path
          key={key}
          class={bad ? 'bad' : 'plain'}
          d={d}
          marker-end={`url(#tip-${bad ? 'bad' : 'plain'})`}
        />
      ))}
    </svg>
  );
}

export function Stack() {
  const list = useRef<HTMLOListElement>(null);
  const { layers } = frame.value;
  const { messages, calls } = item.value;
  const acting = new Set<string>([
    ...messages.flatMap(({ from, to }) => [from, to]),
    ...Object.keys(calls),
  ]);
  return (
    <section class="stack" aria-labelledby="stack-title">
      <h2 id="stack-title">{say({ en: 'The stack', zh: '软件栈' })}</h2>
      <div class="layers">
        <Arrows list={list} />
        <ol ref={list}>
          {layers.map((view) => (
            <Layer key={view.id} view={view} acts={acting.has(view.id)} />
          ))}
        </ol>
      </div>
    </section>
  );
}
