/**
 * Every scenario, by what one sees.
 */
import { value as list } from 'virtual:scenario-list';
import { say } from '../state/language.ts';
import { scenarioLink } from './links.ts';
import { symptomWords } from './symptomWords.ts';

export function Scenarios() {
  const symptoms = [...new Set(list.map(({ symptom }) => symptom))];
  return (
    <section aria-labelledby="scenarios-title">
      <h1 id="scenarios-title">{say({ en: 'Scenarios', zh: '场景' })}</h1>
      <p class="faint">{say({ en: 'By what one sees.', zh: '按看到的现象分类。' })}</p>
      {symptoms.map((symptom) => (
        <section class="shelf">
          <h2>{say(symptomWords(symptom))}</h2>
          <ul>
            {list
              .filter((listed) => listed.symptom === symptom)
              .map(({ name, title }) => (
                <li>
                  <a href={scenarioLink(name)}>{say(title)}</a> <code class="faint">{name}</code>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </section>
  );
}
