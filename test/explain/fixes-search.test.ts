/**
 * If this fails, "every shortest repair" is not every one: a search that types all words, and never takes two hosts for
 * the same, finds others.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Command } from '../../sim/explain/fixes/alphabet.ts';
import { allTyped, type Desk, deskAt } from '../../sim/explain/fixes/desk.ts';
import { furnished, judged, startsBy } from '../../sim/explain/fixes/goal.ts';
import { search, type Word, wordText } from '../../sim/explain/fixes/search.ts';
import type { World } from '../../sim/host/world.ts';
import { broken } from './broken.ts';

const brute = suite('every shortest repair');

const command = (name: string): Command => ({
  argv: name.split(' '),
  name,
  restricts: false,
  forgets: false,
});

/** Nothing is the same as anything: each host is asked anew. */
const apart = () => {
  let n = 0;
  return (_: World) => String(n++);
};

const wordsUpTo = (commands: readonly Command[], length: number): Word[] =>
  length === 0
    ? [[]]
    : wordsUpTo(commands, length - 1).flatMap((word) =>
        word.length === length - 1 ? [word, ...commands.map((c) => [...word, c])] : [word],
      );

const parts = (word: Word): string[] =>
  Array.from({ length: 2 ** word.length - 1 }, (_, kept) =>
    wordText(word.filter((_command, i) => (kept >> i) & 1)),
  );

/** Type every word, judge every end; keep those of which no part mends. */
function byForce(desk: Desk, commands: readonly Command[], length: number): string[] {
  const mends = new Set<string>();
  for (const word of wordsUpTo(commands, length)) {
    const end = allTyped(
      desk,
      word.map(({ argv }) => argv),
    );
    if (judged(end, startsBy(apart())).told !== null) mends.add(wordText(word));
  }
  return wordsUpTo(commands, length)
    .filter((word) => mends.has(wordText(word)) && !parts(word).some((part) => mends.has(part)))
    .map(wordText)
    .sort();
}

function bySearch(desk: Desk, commands: readonly Command[], length: number): string[] {
  const { mended } = search(desk, commands, { length, commands: 100_000 });
  return mended.flatMap(({ words }) => words.map(wordText)).sort();
}

const cases: readonly (readonly [keyof typeof broken, number, readonly string[], number])[] = [
  [
    'acl',
    2,
    [
      'setfacl -b /dev/kvm',
      'setfacl -m u:qemu:rw /dev/kvm',
      'setfacl -m g::rw /dev/kvm',
      'chmod 666 /dev/kvm',
      'chgrp root /dev/kvm',
      'udevadm trigger --subsystem-match=misc --sysname-match=kvm',
      'modprobe -r kvm_intel',
      'modprobe kvm_intel',
    ],
    6,
  ],
  [
    'acl',
    3,
    ['setfacl -x m /dev/kvm', 'chmod 600 /dev/kvm', 'chmod g+rw /dev/kvm', 'chmod o+rw /dev/kvm'],
    1,
  ],
  [
    'not in the group',
    2,
    [
      'usermod -aG kvm qemu',
      'chmod 600 /dev/kvm',
      'setfacl -m o::rw /dev/kvm',
      'systemctl restart libvirtd',
    ],
    2,
  ],
];

for (const [name, length, lines, ways] of cases) {
  const words = wordsUpTo(lines.map(command), length).length - 1;
  brute(`${name}: of ${words} words of up to ${length} commands, the same ${ways}`, () => {
    const history = broken[name]();
    const desk = furnished(deskAt(history.machinery, history.worlds.at(-1) as World));
    const commands = lines.map(command);
    const found = bySearch(desk, commands, length);
    assert.equal(found, byForce(desk, commands, length));
    assert.is(found.length, ways);
  });
}

brute('a bound on the commands is reached and said', () => {
  const history = broken.acl();
  const desk = deskAt(history.machinery, history.worlds.at(-1) as World);
  const commands = ['chmod 666 /dev/kvm', 'chmod 606 /dev/kvm'].map(command);
  const { hit, mended } = search(desk, commands, { length: 3, commands: 3 });
  assert.equal([hit, mended.length], ['commands', 0]);
});

brute('commands that lead nowhere new are searched to the end', () => {
  const history = broken.acl();
  const desk = deskAt(history.machinery, history.worlds.at(-1) as World);
  const { hit, mended } = search(desk, [command('udevadm settle')], { length: 3, commands: 9 });
  assert.equal([hit, mended.length], [null, 0]);
});

brute.run();
