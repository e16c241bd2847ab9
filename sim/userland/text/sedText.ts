/**
 * What sed makes of texts: the right side of `s`, and `l`'s unambiguous form.
 *
 * Models: GNU sed 4.2.2 sed/execute.c append_replacement, str_append_modified, do_list
 */

/** `&`, `\1`, `\n`, and GNU's \U \L \u \l \E. */
export function expandReplacement(template: string, hit: RegExpExecArray): string {
  let result = '';
  let shape: 'U' | 'L' | '' = '';
  let next: 'u' | 'l' | '' = '';
  const put = (text: string) => {
    let shown = shape === 'U' ? text.toUpperCase() : shape === 'L' ? text.toLowerCase() : text;
    if (next !== '' && shown !== '') {
      const first = shown.charAt(0);
      shown = (next === 'u' ? first.toUpperCase() : first.toLowerCase()) + shown.slice(1);
      next = '';
    }
    result += shown;
  };
  for (let i = 0; i < template.length; i++) {
    const c = template.charAt(i);
    if (c === '&') put(hit[0]);
    else if (c !== '\\') put(c);
    else {
      const e = template.charAt(++i);
      if (/\d/.test(e)) put(hit[Number(e)] ?? '');
      else if (e === 'U' || e === 'L') shape = e;
      else if (e === 'E') shape = '';
      else if (e === 'u' || e === 'l') next = e;
      else put(e === 'n' ? '\n' : e === 't' ? '\t' : e);
    }
  }
  return result;
}

const named: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

export const unambiguous = (text: string): string =>
  [...text]
    .map(
      (c) =>
        named[c] ??
        (c >= ' ' && c <= '~' ? c : `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`),
    )
    .join('');
