/**
 * An ACL as the acl tools print it: long or abbreviated tags, a prefix, a separator, `#effective` comments.
 *
 * Models: libacl 2.2.51 __acl_to_any_text.c acl_entry_to_any_str; acl_error.c acl_error
 * Leaves out: TEXT_SMART_INDENT, which aligns the comments on a terminal: what is shown here is always
 *   what a pipe receives, one tab.
 */
import { type Acl, find, type Invalid } from '../../acl/entry.ts';
import { entryText, type Names, permText } from '../../acl/text.ts';

export type TextOptions = Readonly<{
  names?: Names | undefined;
  prefix?: string;
  separator: string;
  /** Tags by their first letter. */
  abbreviate?: boolean;
  /** Comments where the mask takes something away, everywhere, or nowhere. */
  effective?: 'some' | 'all' | 'none';
}>;

export function anyText(acl: Acl, options: TextOptions): string {
  const { names, prefix = '', separator, abbreviate = false, effective = 'none' } = options;
  const mask = find(acl, 'mask');
  const words = acl.map((e) => {
    const long = entryText(e, names);
    const text = prefix + (abbreviate ? long.charAt(0) + long.slice(long.indexOf(':')) : long);
    const limited = e.tag === 'user' || e.tag === 'group' || e.tag === 'group_obj';
    if (mask === undefined || !limited || effective === 'none') return text;
    const left = e.perm & mask.perm;
    return left !== e.perm || effective === 'all' ? `${text}\t#effective:${permText(left)}` : text;
  });
  return words.join(separator);
}

const sentences: Readonly<Record<Invalid['why'], string>> = {
  multiple: 'Multiple entries of same type',
  duplicate: 'Duplicate entries',
  missing: 'Missing or wrong entry',
  type: 'Invalid entry type',
};

export const aclError = (invalid: Invalid): string => sentences[invalid.why];
