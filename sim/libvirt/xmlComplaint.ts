/**
 * Is this text well-formed XML? If not: libxml2's sentence, its line, and libvirt's arrow below.
 *
 * Models: libxml2 2.9.1 parser.c xmlParseDocument, xmlParseElementStart, xmlParseEndTag1,
 *   xmlParseAttribute, xmlParseAttValueInternal, xmlParseReference;
 *   libvirt v5.0.0 src/util/virxml.c catchXMLError
 *
 * The parser stops being believed at its first error. An empty text has no line to show, and libvirt
 * prints C's null pointer in its place: `(null)`.
 * Leaves out: DTDs, encodings, processing instructions' inner rules, names beyond ASCII.
 */
export type Complaint = Readonly<{ line: number; message: string; context: string; arrow: string }>;

type Scan = { text: string; at: number; open: { name: string; at: number }[] };

const NAME = /[A-Za-z_:][\w:.-]*/y;
const SPACE = /[ \t\r\n]*/y;
const TEXT = /[^<&]*/y;

const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length;

function take(scan: Scan, pattern: RegExp): string {
  pattern.lastIndex = scan.at;
  const found = pattern.exec(scan.text)?.[0] ?? '';
  scan.at += found.length;
  return found;
}

/** `&lt;`, `&#10;`, `&#x41;`; returns what is wrong with the reference at the cursor. */
function reference(scan: Scan): string | null {
  const [whole, name] = /^&(#x[0-9a-fA-F]+|#\d+|[A-Za-z_:][\w:.-]*)?/.exec(
    scan.text.slice(scan.at),
  ) ?? ['&'];
  scan.at += whole.length;
  if (name === undefined) return 'xmlParseEntityRef: no name';
  if (scan.text[scan.at] !== ';') {
    return name.startsWith('#')
      ? 'xmlParseCharRef: invalid decimal value'
      : "EntityRef: expecting ';'";
  }
  scan.at++;
  const known = name.startsWith('#') || ['lt', 'gt', 'amp', 'quot', 'apos'].includes(name);
  return known ? null : `Entity '${name}' not defined`;
}

function attributeValue(scan: Scan): string | null {
  const quote = scan.text[scan.at];
  if (quote !== '"' && quote !== "'") return 'AttValue: " or \' expected';
  scan.at++;
  while (scan.at < scan.text.length && scan.text[scan.at] !== quote) {
    const c = scan.text[scan.at];
    if (c === '<') return "Unescaped '<' not allowed in attributes values";
    if (c === '&') {
      const wrong = reference(scan);
      if (wrong !== null) return wrong;
    } else scan.at++;
  }
  if (scan.at >= scan.text.length) return "AttValue: ' expected";
  scan.at++;
  return null;
}

function startTag(scan: Scan): string | null {
  const start = scan.at;
  scan.at++;
  const name = take(scan, NAME);
  if (name === '') return 'StartTag: invalid element name';
  const seen = new Set<string>();
  for (;;) {
    const space = take(scan, SPACE);
    const key = take(scan, NAME);
    if (key === '') break;
    if (space === '') return 'attributes construct error';
    take(scan, SPACE);
    if (scan.text[scan.at] !== '=') return `Specification mandate value for attribute ${key}`;
    scan.at++;
    take(scan, SPACE);
    const wrong = attributeValue(scan);
    if (wrong !== null) return wrong;
    if (seen.has(key)) return `Attribute ${key} redefined`;
    seen.add(key);
  }
  if (scan.text.startsWith('/>', scan.at)) {
    scan.at += 2;
    return null;
  }
  if (scan.text[scan.at] !== '>') {
    return `Couldn't find end of Start Tag ${name} line ${lineAt(scan.text, start)}`;
  }
  scan.at++;
  scan.open.push({ name, at: start });
  return null;
}

function endTag(scan: Scan): string | null {
  const open = scan.open.at(-1);
  scan.at += 2;
  const name = take(scan, NAME);
  take(scan, SPACE);
  if (scan.text[scan.at] !== '>') return "expected '>'";
  scan.at++;
  scan.open.pop();
  if (open?.name === name) return null;
  const line = lineAt(scan.text, open?.at ?? 0);
  return `Opening and ending tag mismatch: ${open?.name} line ${line} and ${name}`;
}

/** Comments, processing instructions, CDATA: skipped whole; null when none starts here. */
function skipMisc(scan: Scan, inside: boolean): 'skipped' | 'none' | string {
  const kinds: readonly (readonly [string, string, string])[] = [
    ['<!--', '-->', 'Comment not terminated'],
    ['<?', '?>', 'PI not terminated'],
    ...(inside ? [['<![CDATA[', ']]>', 'CData section not finished'] as const] : []),
  ];
  const kind = kinds.find(([start]) => scan.text.startsWith(start, scan.at));
  if (kind === undefined) return 'none';
  const end = scan.text.indexOf(kind[1], scan.at + kind[0].length);
  scan.at = end < 0 ? scan.text.length : end + kind[1].length;
  return end < 0 ? kind[2] : 'skipped';
}

/** One tag, reference or stretch of text of an element's content. */
function item(scan: Scan): string | null {
  if (scan.text.startsWith('</', scan.at)) return endTag(scan);
  const c = scan.text[scan.at];
  if (c === '<') return startTag(scan);
  if (c === '&') return reference(scan);
  take(scan, TEXT);
  return null;
}

function content(scan: Scan): string | null {
  while (scan.open.length > 0) {
    if (scan.at >= scan.text.length) {
      const { name, at } = scan.open.at(-1) ?? { name: '', at: 0 };
      return `Premature end of data in tag ${name} line ${lineAt(scan.text, at)}`;
    }
    const misc = skipMisc(scan, true);
    if (misc === 'skipped') continue;
    const wrong = misc === 'none' ? item(scan) : misc;
    if (wrong !== null) return wrong;
  }
  return null;
}

function prologOrEpilog(scan: Scan): string | null {
  for (;;) {
    take(scan, SPACE);
    const misc = skipMisc(scan, false);
    if (misc === 'none') return null;
    if (misc !== 'skipped') return misc;
  }
}

function wellFormed(scan: Scan): string | null {
  if (scan.text === '') return 'Document is empty';
  if (/^\s/.test(scan.text) && /^\s+<\?xml\s/.test(scan.text)) {
    return 'XML or text declaration not at start of entity';
  }
  const before = prologOrEpilog(scan);
  if (before !== null) return before;
  if (scan.text[scan.at] !== '<') return "Start tag expected, '<' not found";
  const wrong = startTag(scan) ?? content(scan) ?? prologOrEpilog(scan);
  if (wrong !== null) return wrong;
  return scan.at < scan.text.length ? 'Extra content at the end of the document' : null;
}

/** catchXMLError: the line that the cursor is in, and dashes up to the cursor. */
export function complaint(text: string): Complaint | null {
  const scan: Scan = { text, at: 0, open: [] };
  const message = wellFormed(scan);
  if (message === null) return null;
  if (text === '') return { line: 1, message, context: '(null)', arrow: '^' };
  const isEnd = (c: string | undefined) => c === '\n' || c === '\r';
  let start = scan.at;
  while (start > 0 && isEnd(text[start])) start--;
  while (start > 0 && !isEnd(text[start])) start--;
  if (isEnd(text[start])) start++;
  const column = scan.at - start;
  const context = /^[^\r\n]*/.exec(text.slice(start))?.[0] ?? '';
  const arrow = context.slice(0, column).replace(/[^\t]/g, '-');
  return { line: lineAt(text, scan.at), message, context, arrow: `${arrow}^` };
}

/** The detail of VIR_ERR_XML_DETAIL; `file` names the text, as `(domain_definition)` does. */
export const complaintText = (file: string, { line, message, context, arrow }: Complaint): string =>
  `${file}:${line}: ${message}\n${context}\n${arrow}`;
