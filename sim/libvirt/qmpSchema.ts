/**
 * Does QEMU's schema know this argument? A path such as `blockdev-add/arg-type/+gluster/debug`.
 *
 * Models: libvirt v5.0.0 src/qemu/qemu_qapi.c virQEMUQAPISchemaTraverse, virQEMUQAPISchemaConvert
 *
 * `+name` chooses a variant of a union, `*name` a member that must be optional; arrays are looked through. In
 * 9.0.0 `$name` is a feature of the entry and `^name` a value of an enumeration; both end the path.
 */
import { isArray, isObject, type Json, type JsonObject } from './monitor.ts';

export type Schema = ReadonlyMap<string, JsonObject>;

/** null where the reply is no schema. */
export function schemaOf(reply: Json): Schema | null {
  if (!isArray(reply)) return null;
  const entries = new Map<string, JsonObject>();
  for (const item of reply) {
    if (!isObject(item) || typeof item['name'] !== 'string') return null;
    entries.set(item['name'], item);
  }
  return entries;
}

const text = (json: Json | undefined): string | null => (typeof json === 'string' ? json : null);

function member(base: JsonObject, field: string, key: string, name: string): JsonObject | null {
  const list = base[field];
  if (!isArray(list)) return null;
  return list.filter(isObject).find((item) => item[key] === name) ?? null;
}

function step(base: JsonObject, query: string): string | null {
  const meta = base['meta-type'];
  if (meta === 'command' || meta === 'event') return text(base[query]);
  if (meta !== 'object') return null;
  const name = /^[A-Za-z]/.test(query) ? query : query.slice(1);
  if (query.startsWith('+')) return text(member(base, 'variants', 'case', name)?.['type']);
  const found = member(base, 'members', 'name', name);
  if (query.startsWith('*') && !(found !== null && 'default' in found)) return null;
  return text(found?.['type']);
}

const lists = (base: JsonObject, field: string, name: string): boolean => {
  const list = base[field];
  return isArray(list) && list.includes(name);
};

export function schemaHas(schema: Schema, path: string): boolean {
  const [first = '', ...queries] = path.split('/');
  let base = schema.get(first);
  while (base !== undefined) {
    if (queries.length > 0 && base['meta-type'] === 'array') {
      base = schema.get(text(base['element-type']) ?? '');
      continue;
    }
    const query = queries.shift();
    if (query === undefined) return true;
    if (query.startsWith('$')) return lists(base, 'features', query.slice(1));
    if (query.startsWith('^')) return lists(base, 'values', query.slice(1));
    base = schema.get(step(base, query) ?? '');
  }
  return false;
}
