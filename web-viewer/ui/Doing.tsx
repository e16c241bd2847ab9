/**
 * Exercises that are done, not chosen: commands typed until KVM is back, or events put in an order that breaks it.
 */
import { useState } from 'preact/hooks';
import type { Desk, Graded, Task } from '../model/desk.ts';
import { say } from '../state/language.ts';
import { notesShown } from '../state/lessons.ts';
import { drawn } from '../state/start.ts';

type DoTask = Extract<Task, { kind: 'do' }>;

type Props = Readonly<{
  desk: Desk;
  task: DoTask;
  onAnswer: (lines: readonly string[], graded: Graded) => void;
}>;

type Shown = Readonly<{ line: string; text: string }>;

/** Typed on a copy that goes on from line to line; the judge plays the lines again from the start. */
function useTyping(desk: Desk, task: DoTask) {
  const [here, setHere] = useState<Parameters<Desk['typedOn']>[0]>(task.here);
  const [done, setDone] = useState<readonly Shown[]>([]);
  const type = (line: string) => {
    const ran = desk.typedOn(here, line);
    setHere(ran);
    setDone([...done, { line, text: ran.text }]);
  };
  const restart = () => {
    setHere(task.here);
    setDone([]);
  };
  return { done, type, restart };
}

function Typing({
  desk,
  task,
  submit,
}: Readonly<{ desk: Desk; task: DoTask; submit: (lines: readonly string[]) => void }>) {
  const { done, type, restart } = useTyping(desk, task);
  const [line, setLine] = useState('');
  return (
    <>
      <div class="log" role="log" tabIndex={0} aria-label={say({ en: 'Output', zh: '输出' })}>
        {done.map((each) => (
          <div>
            <pre class="typed"># {each.line}</pre>
            {each.text !== '' && <pre>{each.text.replace(/\n$/, '')}</pre>}
          </div>
        ))}
      </div>
      <form
        class="prompt"
        onSubmit={(event) => {
          event.preventDefault();
          if (line.trim() !== '') type(line);
          setLine('');
        }}
      >
        <label>
          <span class="unseen">
            {say({ en: 'Command line of the simulated host', zh: '模拟主机的命令行' })}
          </span>
          <code aria-hidden="true">#</code>
          <input
            type="text"
            value={line}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            onInput={(event) => setLine(event.currentTarget.value)}
          />
        </label>
        <button type="submit">{say({ en: 'Enter', zh: '执行' })}</button>
      </form>
      <div class="tools">
        <button type="button" class="main" onClick={() => submit(done.map((each) => each.line))}>
          {say({ en: `Judge these ${done.length} lines`, zh: `评判这 ${done.length} 行` })}
        </button>
        <button type="button" onClick={restart}>
          {say({ en: 'From the start', zh: '重新开始' })}
        </button>
      </div>
    </>
  );
}

function Events({
  task,
  submit,
}: Readonly<{ task: DoTask; submit: (lines: readonly string[]) => void }>) {
  const [order, setOrder] = useState<readonly string[]>([]);
  return (
    <>
      <div class="moves">
        {task.events.map((name) => (
          <button type="button" onClick={() => setOrder([...order, name])}>
            {name}
          </button>
        ))}
      </div>
      <p role="status">
        {say({ en: 'Order: ', zh: '顺序：' })}
        {order.length === 0 ? say({ en: 'nothing yet', zh: '尚无' }) : order.join(' → ')}
      </p>
      <div class="tools">
        <button type="button" class="main" onClick={() => submit(order)}>
          {say({ en: 'Let it happen', zh: '让它发生' })}
        </button>
        <button
          type="button"
          disabled={order.length === 0}
          onClick={() => setOrder(order.slice(0, -1))}
        >
          {say({ en: 'Take the last away', zh: '去掉最后一个' })}
        </button>
      </div>
    </>
  );
}

export function Doing({ desk, task, onAnswer }: Props) {
  const [graded, setGraded] = useState<Graded | null>(null);
  const [judging, setJudging] = useState(false);
  const submit = async (lines: readonly string[]) => {
    setJudging(true);
    await drawn();
    const result = desk.gradeOf(task, lines);
    setGraded(result);
    setJudging(false);
    onAnswer(lines, result);
  };
  return (
    <div class="doing">
      {task.mode === 'break' ? (
        <Events task={task} submit={submit} />
      ) : (
        <Typing desk={desk} task={task} submit={submit} />
      )}
      <p role="status" class={graded && graded.points === graded.of ? 'good' : ''}>
        {judging && say({ en: 'the host is being judged …', zh: '正在评判主机 …' })}
        {!judging &&
          graded !== null &&
          `${graded.points === graded.of ? '✓' : '·'} ${graded.points}/${graded.of}: ${say(graded.says)}`}
      </p>
      {notesShown.value && (
        <p class="faint">
          {say({ en: 'One way: ', zh: '一种做法：' })}
          <code>{task.key().join('; ')}</code>
        </p>
      )}
    </div>
  );
}
