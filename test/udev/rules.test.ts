/** The rules language: what each version reads, and what it says of mistakes. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fnmatch } from '../../sim/udev/fnmatch.ts';
import { checkFormat } from '../../sim/udev/format.ts';
import { tokenMatches } from '../../sim/udev/match.ts';
import { atoi, parseMode, safeAtoi, strtoul } from '../../sim/udev/numbers.ts';
import { nextPair } from '../../sim/udev/pair.ts';
import { parse } from '../../sim/udev/parse.ts';
import type { Token } from '../../sim/udev/rule.ts';
import { commandWords } from '../../sim/udev/spawn.ts';
import { systemd219, systemd252, type UdevSwitches } from '../../sim/udev/switches.ts';

const names = {
  users: [{ name: 'daemon', uid: 1, gid: 1, gecos: '', home: '/', shell: '' }],
  groups: [{ name: 'kvm', gid: 36, members: [] }],
};

function read(text: string, switches: UdevSwitches = systemd219) {
  const reading = { switches, names, resolve: 'early' as const, known: new Map<string, number>() };
  const { file, log } = parse(text, '/r/x.rules', reading);
  const said = log.filter(({ priority }) => priority !== 'debug').map(({ text: t }) => t);
  return { rules: file.rules, said };
}

const types = (text: string, switches?: UdevSwitches) =>
  read(text, switches).rules.map(({ tokens }) => tokens.map(({ type }) => type));

const rules = suite('udev rules');

rules('tokens are tried in the order of their kinds, not as written', () => {
  const line = 'RUN+="x", MODE="0666", GROUP="kvm", TEST=="a", ATTR{dev}=="1", KERNEL=="kvm"\n';
  const order = ['KERNEL', 'ATTR', 'TEST', 'set GROUP_ID', 'set MODE_ID', 'set RUN{program}'];
  for (const switches of [systemd219, systemd252]) assert.equal(types(line, switches), [order]);
});

rules('219 keeps what it has read of a line with a bad pair; 252 drops the line', () => {
  const line = 'KERNEL=="kvm", MODE="0666" # why\n';
  assert.equal(types(line), [['KERNEL', 'set MODE_ID']]);
  assert.equal(read(line).said, [
    "invalid key/value pair in file /r/x.rules on line 1, starting at character 28 ('#')",
    'hint: comments can only start at beginning of line',
  ]);
  assert.equal(types(line, systemd252), []);
  assert.equal(read(line, systemd252).said, ['/r/x.rules:1 Invalid key/value pair, ignoring.']);
});

rules('219 complains of a comma at the end of a line, and keeps the line', () => {
  const { rules: kept, said } = read('KERNEL=="kvm", MODE="0666",\n');
  assert.is(kept.length, 1);
  const at = "on line 1, starting at character 27 (',')";
  assert.equal(said, [`invalid key/value pair in file /r/x.rules ${at}`]);
});

rules('219 drops a line with an unknown key or operator', () => {
  assert.equal(read('MODE="0666", FOO=="x"\n').said, [
    "unknown key 'FOO' in /r/x.rules:1",
    "invalid rule '/r/x.rules:1'",
  ]);
  assert.equal(read('KERNEL="kvm"\n').said, [
    'invalid KERNEL operation',
    "invalid rule '/r/x.rules:1'",
  ]);
  assert.equal(types('MODE="0666", FOO=="x"\n'), []);
});

rules('219 takes `MODE==` for an assignment, an empty OWNER for root, -1 for the last gid', () => {
  assert.equal(types('MODE=="0666"\n'), [['set MODE_ID']]);
  assert.is(read('OWNER=""\n').rules[0]?.tokens[0]?.number, 0);
  assert.is(read('GROUP="-1"\n').rules[0]?.tokens[0]?.number, 4294967295);
});

rules('219 has no escapes: a backslash is a backslash, a quote ends the value', () => {
  assert.is(read('ENV{A}="a\\\\b"\n').rules[0]?.tokens[0]?.value, 'a\\\\b');
  const pair = nextPair('ENV{A}="q\\"q"', systemd219);
  assert.is(typeof pair === 'object' ? pair?.value : pair, 'q\\');
});

rules('219 joins lines literally; an empty line that ends a continuation is not counted', () => {
  const joined = 'KERNEL=="kvm", \\\n# no comment\nMODE="0666"\n';
  assert.match(read(joined).said[0] ?? '', /on line 2, starting at character 14 \(','\)/);
  const { said } = read('KERNEL=="kvm", \\\n\nFOO=="x"\n');
  assert.ok(said.includes("unknown key 'FOO' in /r/x.rules:2"), 'line 3 is called line 2');
});

rules('a line of two characters is no rule in 219, nor one of more than 16382', () => {
  assert.equal(types('A\n'), []);
  const { said } = read(`ENV{A}="${'x'.repeat(16400)}"\n`);
  assert.is(said[0], "line too long '/r/x.rules':1, ignored");
});

rules(
  'an unknown group is 0 in 219, asked for and complained of once a load; 252 complains each time',
  () => {
    const text = 'GROUP="nosuch"\nGROUP="nosuch"\n';
    assert.equal(read(text).said, ["specified group 'nosuch' unknown"]);
    assert.equal(
      read(text).rules.map((r) => r.tokens[0]?.number),
      [0, 0],
    );
    assert.is(read(text, systemd252).said.length, 2);
    assert.is(read(text, systemd252).rules[0]?.tokens[0]?.number, 4294967295);
  },
);

rules(
  'GOTO goes forward only, in its file only; without its LABEL the rest of the line stays',
  () => {
    const text = 'LABEL="a"\nMODE="0600", GOTO="a"\nGOTO="b"\nLABEL="b"\n';
    const { rules: linked, said } = read(text);
    assert.equal(
      linked.map((rule) => rule.goto),
      [null, null, 3, null],
    );
    assert.equal(said, ["GOTO 'a' has no matching label in: '/r/x.rules'"]);
  },
);

rules('OPTIONS of 219 are words in one text; of 252 one option each', () => {
  const line = 'OPTIONS+="link_priority=-5,nowatch db_persist"\n';
  assert.equal(types(line), [['set db_persist', 'set watch', 'set link_priority']]);
  assert.is(read(line).rules[0]?.tokens[2]?.number, -5);
  assert.match(read(line, systemd252).said[0] ?? '', /Failed to parse link priority/);
});

const token = (value: string, op: '==' | '!=' = '=='): Token => ({
  type: 'KERNEL',
  op,
  value,
  attr: null,
  number: null,
});

rules('patterns match as fnmatch(3) with no flags', () => {
  for (const [pattern, text, expected] of [
    ['*', '', true],
    ['k*', 'kvm/x', true],
    ['k?m', 'kvm', true],
    ['tty[0-9]*', 'ttyS0', false],
    ['[!a]x', 'bx', true],
    ['[a-]', '-', true],
    ['[]x]', ']', true],
    ['[k', '[k', true],
    ['\\*', '*', true],
    ['a\\', 'a\\', true],
    ['[[:digit:]]', '7', true],
  ] as const) {
    assert.is(fnmatch(pattern, text), expected, `${pattern} on ${text}`);
  }
});

rules(
  'alternatives are split before anything else; 252 takes an empty one for "empty" only',
  () => {
    for (const switches of [systemd219, systemd252]) {
      assert.ok(tokenMatches(token('fuse|kvm'), 'kvm', switches));
      assert.ok(tokenMatches(token('|kvm'), '', switches));
      assert.not(tokenMatches(token('?*'), '', switches));
      assert.ok(tokenMatches(token('fuse', '!='), 'kvm', switches));
      assert.ok(tokenMatches(token(''), null, switches));
    }
  },
);

rules('numbers are read as strtol, atoi, parse_mode and safe_atoi read them', () => {
  assert.equal([strtoul('0666', 8), strtoul('0888', 8), strtoul(' 7', 10)], [0o666, null, 7]);
  assert.equal([atoi('12x'), atoi('x')], [12, 0]);
  assert.equal(
    [parseMode('777777'), parseMode('+1'), parseMode('07777')],
    ['ERANGE', 'EINVAL', 0o7777],
  );
  assert.equal(
    [safeAtoi('-5'), safeAtoi('0x10'), safeAtoi('0b11'), safeAtoi('5x')],
    [-5, 16, 3, 'EINVAL'],
  );
});

rules('a bad substitution is found where it stands', () => {
  assert.equal(checkFormat('a%q'), { at: 2, hint: 'invalid substitution type' });
  assert.equal(checkFormat('$env'), { at: 5, hint: 'attribute value missing' });
  assert.equal(checkFormat('%c{x}'), { at: 6, hint: 'attribute value not a valid number' });
  assert.is(checkFormat('%%$$ $kernel %c{2+} $attr{size}'), null);
});

rules('commands are cut into words: blanks, and quotes that hold together', () => {
  assert.equal(commandWords("echo 'a b'  c", 219), ['echo', 'a b', 'c']);
  assert.equal(commandWords('echo "a b" c\'d e\'', 252), ['echo', 'a b', 'cd e']);
});

rules.run();
