/**
 * A rules file becomes rules: lines, tokens in their order, jumps resolved.
 *
 * Models: systemd v219 src/udev/udev-rules.c parse_file, add_rule, sort_token;
 *   v252 udev_rules_parse_file, rule_add_line, rule_resolve_goto
 *
 * A GOTO goes forward only, inside its file only. Without its LABEL it is no more than a complaint: the
 * rest of the line stays, and the rules that it should have skipped apply.
 */
import type { Draft, ResolveNames } from './draft.ts';
import { complain } from './draft.ts';
import { logicalLines } from './lexer.ts';
import { type Log, say } from './log.ts';
import type { Names } from './numbers.ts';
import { nextPair } from './pair.ts';
import { parsePair219 } from './parse219.ts';
import { parsePair252 } from './parse252.ts';
import { inOrder, type LineTrait, type Parsed, type Rule, type Token } from './rule.ts';
import type { UdevSwitches } from './switches.ts';

/** What a line needs besides itself. `known` carries looked-up names through one load of all files. */
export type Reading = Readonly<{
  switches: UdevSwitches;
  names: Names;
  resolve: ResolveNames;
  known: Map<string, number>;
}>;

/** A rule whose jumps are still names. */
type Unlinked = Omit<Rule, 'goto'> & { gotos: readonly string[] };

/** cescape for one character, as the message about a bad pair shows it. */
const shown = (char: string): string =>
  ({ '\t': '\\t', '\\': '\\\\', '"': '\\"', "'": "\\'" })[char] ?? char;

/** v219: what has been read of a bad line stays a rule; only an unknown key or operator drops it. */
function rule219(draft: Draft, text: string): boolean {
  let rest = text;
  for (;;) {
    const pair = nextPair(rest, draft.switches);
    if (pair === null || pair === 'end') break;
    if (!parsePair219(draft, pair)) {
      say(draft.log, 'err', `invalid rule '${draft.path}:${draft.line}'`);
      return false;
    }
    rest = pair.rest;
  }
  const left = rest.replace(/^[ \t]+/, '');
  const char = left.charAt(0);
  if (char !== '' && char !== '\n' && char !== '\r') {
    const at = text.length - left.length + 1;
    say(
      draft.log,
      'err',
      `invalid key/value pair in file ${draft.path} on line ${draft.line}, starting at character ${at} ('${shown(char)}')`,
    );
    if (char === '#') {
      say(draft.log, 'err', 'hint: comments can only start at beginning of line');
    }
  }
  return true;
}

const nodeTokens: readonly Token['type'][] = [
  'set SYMLINK',
  'set OWNER',
  'set GROUP',
  'set MODE',
  'set OWNER_ID',
  'set GROUP_ID',
  'set MODE_ID',
];

/** rule_line_add_token's LINE_ flags. */
function traitOf({ type }: Token): LineTrait | null {
  if (type === 'set NAME') return 'name';
  if (nodeTokens.includes(type)) return 'node';
  if (type === 'set static_node') return 'static';
  const acts = type.startsWith('set ') || type === 'PROGRAM' || type.startsWith('IMPORT');
  return acts ? 'update' : null;
}

function rule252(draft: Draft, text: string): boolean {
  let rest = text;
  for (;;) {
    const pair = nextPair(rest, draft.switches);
    if (pair === 'end') break;
    if (pair === null) {
      complain(draft, 'Invalid key/value pair, ignoring.');
      return false;
    }
    if (!parsePair252(draft, pair)) return false;
    rest = pair.rest;
  }
  for (const token of draft.tokens) {
    const trait = traitOf(token);
    if (trait) draft.traits.add(trait);
  }
  if (draft.gotos.length > 0) draft.traits.add('goto');
  if (draft.label !== null) draft.traits.add('label');
  if (draft.traits.size > 0) return true;
  complain(draft, 'The line takes no effect, ignoring.', 'warning');
  return false;
}

function link219(rules: readonly Unlinked[], path: string, log: Log): Rule[] {
  return rules.map(({ gotos, ...rule }, i) => {
    const targets = gotos.map((label) => {
      const target = rules.findIndex((other, j) => j > i && other.label === label);
      if (target < 0) say(log, 'err', `GOTO '${label}' has no matching label in: '${path}'`);
      return target;
    });
    return { ...rule, goto: targets.find((target) => target >= 0) ?? null };
  });
}

/** A line that was nothing but a GOTO without a target goes away; one with a LABEL loses its tokens. */
function link252(rules: readonly Unlinked[], path: string, log: Log): Rule[] {
  const linked = rules.map(({ gotos, ...rule }, i): Rule | null => {
    const [label] = gotos;
    if (label === undefined) return { ...rule, goto: null };
    const target = rules.findIndex((other, j) => j > i && other.label === label);
    if (target >= 0) return { ...rule, goto: target };
    say(log, 'err', `${path}:${rule.line}: GOTO="${label}" has no matching label, ignoring`);
    const traits = rule.traits.filter((trait) => trait !== 'goto');
    if (traits.some((trait) => trait !== 'label')) return { ...rule, traits, goto: null };
    say(log, 'notice', `${path}:${rule.line}: The line takes no effect any more, dropping`);
    return traits.length > 0 ? { ...rule, traits, tokens: [], goto: null } : null;
  });
  // Targets are positions: keep them right when lines go away.
  const kept = linked.flatMap((rule, i) => (rule ? [i] : []));
  return kept.flatMap((i) => {
    const rule = linked[i];
    return rule ? [{ ...rule, goto: rule.goto === null ? null : kept.indexOf(rule.goto) }] : [];
  });
}

export function parse(text: string, path: string, reading: Reading): Parsed {
  const { switches } = reading;
  const log: Log = [];
  say(log, 'debug', `Reading rules file: ${path}`);
  const { lines, cut } = logicalLines(text, path, switches, log);
  const rules: Unlinked[] = [];
  for (const { number, text: line } of lines) {
    const draft: Draft = {
      ...reading,
      path,
      line: number,
      log,
      tokens: [],
      traits: new Set(),
      label: null,
      gotos: [],
    };
    const valid = switches.version === 219 ? rule219(draft, line) : rule252(draft, line);
    if (!valid) continue;
    const { tokens, traits, label, gotos } = draft;
    rules.push({ line: number, tokens: inOrder(tokens), traits: [...traits], label, gotos });
  }
  if (cut) {
    const text = `Failed to read rules file ${path}, ignoring: No buffer space available`;
    say(log, 'debug', text);
    return {
      file: { path, rules: rules.map(({ gotos: _, ...r }) => ({ ...r, goto: null })) },
      log,
    };
  }
  const linked = switches.version === 219 ? link219(rules, path, log) : link252(rules, path, log);
  return { file: { path, rules: linked }, log };
}
