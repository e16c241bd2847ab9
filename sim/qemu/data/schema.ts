/**
 * The corner of query-qmp-schema that libvirt walks: ten paths, each in the form of the real schema.
 *
 * Models: QEMU v2.12.0 qapi/introspect.json SchemaInfo; the paths of libvirt v5.0.0 virQEMUCapsQMPSchemaQueries
 * Leaves out: everything else; the whole is 118 kB and no modelled client reads it.
 */
import type { Dict, Json } from '../json/value.ts';

const optional = (name: string, type: string): Dict => ({ name, default: null, type });

const object = (name: string, members: readonly Dict[], more: Dict = {}): Dict => ({
  name,
  members,
  'meta-type': 'object',
  ...more,
});

const command = (name: string, argument: string, result = '0'): Dict => ({
  name,
  'ret-type': result,
  'meta-type': 'command',
  'arg-type': argument,
});

/** An object whose other members depend on one of them. */
const variants = (tag: string, cases: Readonly<Record<string, string>>): Dict => ({
  tag,
  variants: Object.entries(cases).map(([name, type]) => ({ case: name, type })),
});

export const schema212: readonly Json[] = [
  command('blockdev-add', '35'),
  command('nbd-server-start', '58'),
  command('screendump', '93'),
  command('block-commit', '17'),
  command('query-iothreads', '0', '[139]'),
  command('query-kvm', '0', '114'),
  object('0', []),
  object('114', [
    { name: 'enabled', type: 'bool' },
    { name: 'present', type: 'bool' },
  ]),
  object(
    '35',
    [{ name: 'driver', type: 'str' }, optional('node-name', 'str')],
    variants('driver', { gluster: '224', iscsi: '227', qcow2: '233', vxhs: '243', file: '221' }),
  ),
  object('221', [{ name: 'filename', type: 'str' }]),
  object('224', [{ name: 'volume', type: 'str' }, optional('debug', 'int')]),
  object('227', [{ name: 'portal', type: 'str' }, optional('password-secret', 'str')]),
  object('233', [optional('encrypt', '442')]),
  object('442', [{ name: 'format', type: 'str' }], variants('format', { aes: '559', luks: '560' })),
  object('559', [optional('key-secret', 'str')]),
  object('560', [optional('key-secret', 'str')]),
  object('243', [{ name: 'vdisk-id', type: 'str' }]),
  object('58', [optional('tls-creds', 'str')]),
  object('93', [{ name: 'filename', type: 'str' }, optional('device', 'str')]),
  object('17', [{ name: 'device', type: 'str' }, optional('top', 'str'), optional('base', 'str')]),
  { name: '[139]', 'element-type': '139', 'meta-type': 'array' },
  object('139', [
    { name: 'id', type: 'str' },
    { name: 'poll-max-ns', type: 'int' },
  ]),
  { name: 'str', 'json-type': 'string', 'meta-type': 'builtin' },
  { name: 'int', 'json-type': 'int', 'meta-type': 'builtin' },
  { name: 'bool', 'json-type': 'boolean', 'meta-type': 'builtin' },
];
