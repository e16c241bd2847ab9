/**
 * The catalogue on one page: the scenarios under what somebody sees who needs them.
 */
import { pad, prose } from './columns.ts';
import { kinds, type Scenario, symptoms } from './scenario.ts';
import { type Language, say } from './words.ts';

export type Catalogue = Readonly<Record<string, Scenario>>;

const NAME = 27;
const KIND = 9;

const row = (name: string, { kind, title }: Scenario, language: Language): string =>
  `  ${pad(name, NAME)}${pad(say(kinds[kind], language), KIND)}${say(title, language)}`;

/** Every scenario of a catalogue, grouped by symptom, in teaching order within each group. */
export function list(catalogue: Catalogue, language: Language): string[] {
  return Object.entries(symptoms).flatMap(([key, { says }]) => {
    const fitting = Object.entries(catalogue).filter(([, { symptom }]) => symptom === key);
    if (fitting.length === 0) return [];
    const rows = fitting.map(([name, scenario]) => row(name, scenario, language));
    return [...prose(say(says, language)), ...rows, ''];
  });
}

const folded = (text: string) => text.toLowerCase().replace(/\s+/g, ' ').trim();

/** Does one text hold the other? A message is pasted with more around it, or only a piece of it. */
function touch(a: string, b: string): boolean {
  const [left, right] = [folded(a), folded(b)];
  return left.includes(right) || right.includes(left);
}

/** A promise as short as a number or a word is found in any message. */
const TELLING = 10;

/** The scenarios in which a message is seen: they promise it, their symptom has it, or their own words do. */
export function search(catalogue: Catalogue, text: string): Catalogue {
  const fits = [
    ({ ends }: Scenario) =>
      ends.shows.some((shown) => shown.length >= TELLING && touch(shown, text)),
    ({ symptom }: Scenario) => symptoms[symptom].messages.some((message) => touch(message, text)),
    ({ title, story }: Scenario) =>
      [title, story].some(({ en, zh }) => folded(`${en} ${zh}`).includes(folded(text))),
  ];
  const found = Object.entries(catalogue).filter(([, scenario]) =>
    fits.some((fit) => fit(scenario)),
  );
  return Object.fromEntries(found);
}
