/**
 * Exercises that are done, not chosen: commands typed until KVM is back, or events put in an order that breaks it.
 */
import { useState } from 'preact/hooks';
import { eventWords } from '../../sim/explain/models/eventWords.ts';
import type { Desk, Here, Task } from '../model/desk.ts';
import { say } from '../state/language.ts';
import { type Answered, notesShown } from '../state/lessons.ts';
import { drawn } from '../state/start.ts';

type DoTask = Extract<Task, { kind: 'do' }>;

type Props = Readonly<{
  desk: Desk;
  task: DoTask;
  given: Answered | null;
  /** The host as what was done has left it. */
  onHere: (here: Here) => void;
  onAnswer: (lines: readonly string[]) => void;
}>;

type Shown = Readonly<{ line: string; text: string }>;

type Session = Readonly<{ here: Here; done: readonly Shown[] }>;

const typedIn = (desk: Desk, { here, done }: Session, line: string): Session => {
  const ran = desk.typedOn(here, line);
  return { here: ran, done: [...done, { line, text: ran.text }] };
};

const linesOf = (given: Answered | null): readonly string[] =>
  given === null || typeof given.answer === 'number' ? [] : given.answer;

/** Typed on a copy that goes on from line to line; the judge plays the lines again from the start. */
function useTyping({ desk, task, given, onHere }: Props) {
  const start: Session = { here: task.here, done: [] };
  const [session, setSession] = useState<Session>(() =>
    linesOf(given).reduce((at, line) => typedIn(desk, at, line), start),
  );
  const go = (next: Session) => {
    setSession(next);
    onHere(next.here);
  };
  return {
    done: session.done,
    type: (line: string) => go(typedIn(desk, session, line)),
    restart: () => go(start),
  };
}

type Submit = Readonly<{ submit: (lines: readonly string[]) => void }>;

function Typing({ submit, ...props }: Props & Submit) {
  const { done, type, restart } = useTyping(props);
  const [line, setLine] = useState('');
  return (
    <>
      <div
        class={done.length === 0 ? 'log unseen' : 'log'}
        role="log"
        tabIndex={0}
        aria-label={say({ en: 'Output', zh: '输出' })}
      >
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
        <button
          type="button"
          class="main"
          disabled={done.length === 0}
          onClick={() => submit(done.map((each) => each.line))}
        >
          {say({ en: 'Judge what I have typed', zh: '评判我输入的命令' })}
        </button>
        <button type="button" disabled={done.length === 0} onClick={restart}>
          {say({ en: 'From the start', zh: '重新开始' })}
        </button>
      </div>
    </>
  );
}

function Events({ task, given, submit }: Props & Submit) {
  const [order, setOrder] = useState<readonly string[]>(linesOf(given));
  return (
    <>
      <div class="moves">
        {task.events.map((name) => (
          <button type="button" onClick={() => setOrder([...order, name])}>
            {say(eventWords(name))}
          </button>
        ))}
      </div>
      <p role="status">
        {say({ en: 'Order: ', zh: '顺序：' })}
        {order.length === 0
          ? say({ en: 'nothing yet', zh: '尚无' })
          : order.map((name) => say(eventWords(name))).join(' → ')}
      </p>
      <div class="tools">
        <button
          type="button"
          class="main"
          disabled={order.length === 0}
          onClick={() => submit(order)}
        >
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

function Verdict({ given, judging }: Readonly<{ given: Answered | null; judging: boolean }>) {
  const { points, of, says } = given?.graded ?? { points: 0, of: 1, says: null };
  return (
    <p role="status" class={`outcome ${!judging && points === of ? 'good' : ''}`}>
      {judging && say({ en: 'the host is being judged …', zh: '正在评判主机 …' })}
      {!judging && says !== null && `${points === of ? '✓' : '·'} ${points}/${of}: ${say(says)}`}
    </p>
  );
}

export function Doing(props: Props) {
  const { desk, task, given, onHere, onAnswer } = props;
  const [judging, setJudging] = useState(false);
  const submit = async (lines: readonly string[]) => {
    setJudging(true);
    await drawn();
    onAnswer(lines);
    onHere(desk.hostOf(task, lines));
    setJudging(false);
  };
  return (
    <div class="doing">
      {task.mode === 'break' ? (
        <Events {...props} submit={submit} />
      ) : (
        <Typing {...props} submit={submit} />
      )}
      <Verdict given={given} judging={judging} />
      {notesShown.value && (
        <p class="faint">
          {say({ en: 'One way: ', zh: '一种做法：' })}
          <code>{task.key().join('; ')}</code>
        </p>
      )}
    </div>
  );
}
