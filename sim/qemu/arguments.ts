/**
 * The arguments of a QMP command against its signature.
 *
 * Models: QEMU v2.12.0 qapi/qobject-input-visitor.c qobject_input_try_get_object, qobject_input_type_*,
 *   qobject_input_check_struct; qapi/qapi-visit-core.c input_type_enum (v7.2 for its newer words)
 *
 * Members are visited in the order of the schema, each missing or ill-typed one ends the visit; only then
 * are members that nobody visited called unexpected.
 */
import { type Dict, dictKeys, isDict, type Json } from './json/value.ts';
import type { QemuSwitches } from './switches.ts';

/** A trailing ? makes a member optional. Objects nest, [enum] is a list of names from an enumeration. */
export type Signature = Readonly<{ [member: string]: Shape }>;
export type Shape =
  | 'str'
  | 'bool'
  | 'any'
  | Readonly<{ enum: readonly string[] }>
  | Readonly<{ list: readonly string[] }>
  | Readonly<{ members: Signature }>;

function checkEnum(path: string | null, value: Json, names: readonly string[], s: QemuSwitches) {
  if (typeof value !== 'string') return `Invalid parameter type for '${path}', expected: string`;
  if (names.includes(value)) return null;
  if (s.enumComplaint === 'invalid') return `Invalid parameter '${value}'`;
  // The elements of a list have no name of their own, and the message prints just that.
  const name = path === null || path.endsWith(']') ? 'null' : path.split('.').at(-1);
  return `Parameter '${name}' does not accept value '${value}'`;
}

function checkShape(path: string, value: Json, shape: Shape, s: QemuSwitches): string | null {
  const expected = (type: string) => `Invalid parameter type for '${path}', expected: ${type}`;
  if (shape === 'any') return null;
  if (shape === 'str') return typeof value === 'string' ? null : expected('string');
  if (shape === 'bool') return typeof value === 'boolean' ? null : expected('boolean');
  if ('enum' in shape) return checkEnum(path, value, shape.enum, s);
  if ('members' in shape) {
    return isDict(value) ? checkMembers(`${path}.`, value, shape.members, s) : expected('object');
  }
  if (!Array.isArray(value)) return expected('array');
  const offences = value.map((item, i) => checkEnum(`${path}[${i}]`, item, shape.list, s));
  return offences.find((offence) => offence !== null) ?? null;
}

function checkMembers(prefix: string, given: Dict, signature: Signature, s: QemuSwitches) {
  const known = new Set<string>();
  for (const [member, shape] of Object.entries(signature)) {
    const name = member.replace(/\?$/, '');
    known.add(name);
    const value = given[name];
    if (value === undefined) {
      if (member === name) return `Parameter '${prefix}${name}' is missing`;
      continue;
    }
    const offence = checkShape(prefix + name, value, shape, s);
    if (offence !== null) return offence;
  }
  const stranger = dictKeys(given).find((key) => !known.has(key));
  return stranger === undefined ? null : `Parameter '${prefix}${stranger}' is unexpected`;
}

/** The complaint, or null. */
export const checkArguments = (given: Dict, signature: Signature, s: QemuSwitches): string | null =>
  checkMembers('', given, signature, s);
