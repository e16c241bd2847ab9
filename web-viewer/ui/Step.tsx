/**
 * One step: what was printed, what it changed, and which calls passed between the layers.
 */
import type { Words } from '../../sim/play/scenario.ts';
import { type Change, changesBetween } from '../model/difference.ts';
import type { Message } from '../model/item.ts';
import { before, frame, item, story } from '../state/app.ts';
import { say } from '../state/language.ts';
import { layerNames } from './layerNames.ts';
import { Said } from './Said.tsx';
import { Unbroken } from './Unbroken.tsx';

const Cell = ({ words }: Readonly<{ words: Words }>) => (
  <span translate={words.en !== words.zh}>
    <Unbroken text={say(words)} />
  </span>
);

export function Changes({ changes }: Readonly<{ changes: readonly Change[] }>) {
  if (changes.length === 0)
    return (
      <p class="faint">{say({ en: 'Nothing that the picture shows.', zh: '图中没有变化。' })}</p>
    );
  return (
    <table class="diff">
      <thead>
        <tr>
          <th scope="col">{say({ en: 'what', zh: '对象' })}</th>
          <th scope="col">{say({ en: 'before', zh: '之前' })}</th>
          <th scope="col">{say({ en: 'after', zh: '之后' })}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ what, before: old, after }) => (
          <tr>
            <th scope="row">
              <Said words={what} />
            </th>
            <td>
              <del>
                <Cell words={old} />
              </del>
            </td>
            <td>
              <ins>
                <Cell words={after} />
              </ins>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Messages({ messages }: Readonly<{ messages: readonly Message[] }>) {
  if (messages.length === 0)
    return (
      <p class="faint">
        {say({ en: 'No call crossed from one layer to another.', zh: '没有跨层的调用。' })}
      </p>
    );
  return (
    <table class="messages">
      <thead>
        <tr>
          <th scope="col">{say({ en: 'from', zh: '来自' })}</th>
          <th scope="col">{say({ en: 'to', zh: '到' })}</th>
          <th scope="col">{say({ en: 'call', zh: '调用' })}</th>
          <th scope="col">{say({ en: 'answer', zh: '结果' })}</th>
        </tr>
      </thead>
      <tbody>
        {messages.slice(0, 200).map(({ program, to, call, answer, wrote }) => (
          <tr class={wrote ? 'wrote' : ''}>
            <td translate={false}>{program}</td>
            <td>{say(layerNames[to])}</td>
            <td>
              <code>{call}</code>
              {wrote && (
                <span class="legend"> ■ {say({ en: 'wrote the node', zh: '写了节点' })}</span>
              )}
            </td>
            <td class={/^E/.test(answer) ? 'bad' : ''}>{answer}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Step() {
  const { says, typed, text, prompt, status, messages } = item.value;
  const changes = before.value === null ? [] : changesBetween(before.value.frame(), frame.value);
  return (
    <section aria-labelledby="step-title">
      <h2 id="step-title">
        {say({ en: 'Step', zh: '第' })} {story.value.at + 1}
        {say({ en: ': ', zh: ' 步：' })}
        <Said words={says} />
      </h2>
      <h3>{say({ en: 'What changed', zh: '改变了什么' })}</h3>
      <Changes changes={changes} />
      <h3>{say({ en: 'Calls between the layers', zh: '层间调用' })}</h3>
      <Messages messages={messages} />
      {typed !== null && (
        <>
          <h3>{say({ en: 'What it printed', zh: '输出' })}</h3>
          <figure class="printed">
            <figcaption>
              <code>
                {prompt} {typed}
              </code>
            </figcaption>
            <pre>{text}</pre>
          </figure>
          <p class="faint">
            {say({ en: 'exit status', zh: '退出码' })} {status}
          </p>
        </>
      )}
    </section>
  );
}
