/**
 * What the monitor of 2.12 does otherwise than that of 7.2. Read in the source, not recorded.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { qemu40, qemu72, qemu212el7 } from '../../sim/qemu/switches.ts';
import { connect, send, timeless } from './session.ts';

const monitor = suite('the monitor of QEMU 2.12');

function talking(switches = qemu212el7) {
  const { session } = connect(switches);
  send(session, '{"execute":"qmp_capabilities"}');
  return session;
}

const error = (desc: string, name = 'GenericError') =>
  `{"error": {"class": "${name}", "desc": "${desc}"}}\r\n`;

const requests: readonly (readonly [input: string, reply: string])[] = [
  // handle_qmp_command answers its own errors without the id ...
  [
    '{"execute":"nosuch","id":1}',
    error('The command nosuch has not been found', 'CommandNotFound'),
  ],
  ['{"id":5}', error("QMP input lacks member 'execute'")],
  ['{"execute":"query-kvm","exec-oob":"x"}', error("QMP input member 'exec-oob' is unexpected")],
  ['{"execute":"query-kvm","control":1}', error("QMP input member 'control' must be a dict")],
  // ... but the dispatcher's errors carry it.
  [
    '{"execute":"device-list-properties","id":1}',
    '{"id": 1, "error": {"class": "GenericError", "desc": "Parameter \'typename\' is missing"}}\r\n',
  ],
  [
    '{"execute":"qmp_capabilities","id":2}',
    '{"id": 2, "error": {"class": "CommandNotFound", "desc": "Capabilities negotiation is already complete, command ignored"}}\r\n',
  ],
  // The last complaint stands, so the outer rule hides the inner one.
  ['{broken}', error('JSON parse error, key is not a string in object')],
  ['{"execute":}', error('JSON parse error, Missing value in dict')],
  ['[,]', error('JSON parse error, expecting value')],
  // The lexer has no words of its own, and starts afresh at the next byte.
  ['QM', error('Invalid JSON syntax') + error('Invalid JSON syntax')],
  ['%d ', error('Invalid JSON syntax')],
  // Line ends are allowed in strings, a duplicate key replaces the first one.
  [
    '{"execute":"query\nkvm"}',
    error('The command query\\nkvm has not been found', 'CommandNotFound'),
  ],
  ['{"execute":"quit","execute":"query-target"}', '{"return": {"arch": "x86_64"}}\r\n'],
  // printf("%f") keeps six decimals.
  [
    '{"execute":"query-target","id":0.12345678}',
    '{"return": {"arch": "x86_64"}, "id": 0.123457}\r\n',
  ],
  [
    '{"execute":"query-target","id":1e22}',
    '{"return": {"arch": "x86_64"}, "id": 10000000000000000000000}\r\n',
  ],
  [
    '{"execute":"qmp_capabilities","arguments":{"enable":["zzz"]}}',
    error("Invalid parameter 'zzz'"),
  ],
];

monitor('each request is answered in the words of 2.12', () => {
  for (const [input, reply] of requests) assert.is(send(talking(), input), reply, input);
});

monitor('between 2.12 and 4.0 the id came back, and quit says why', () => {
  const quit = send(talking(qemu40), '{"execute":"quit","id":1}');
  assert.is(
    timeless(quit),
    '{"return": {}, "id": 1}\r\n{"timestamp": {"seconds": 0, "microseconds": 0}, "event": "SHUTDOWN", "data": {"guest": false, "reason": "host-qmp-quit"}}\r\n',
  );
  const lost = send(talking(qemu40), '{"execute":"nosuch","id":1}');
  assert.match(lost, /^\{"id": 1, /);
});

monitor('stop, cont and reset move between the run states, and tell', () => {
  const session = talking();
  const events = ['cont', 'cont', 'stop', 'stop', 'system_reset', 'system_powerdown'].map(
    (name) => {
      const said = send(session, `{"execute":"${name}"}`);
      return [...said.matchAll(/"event": "(\w+)"/g)].map(([, event]) => event).join(' ');
    },
  );
  assert.equal(events, ['RESUME', 'STOP RESUME', 'STOP', '', 'RESET', 'POWERDOWN']);
  assert.is(session.vm.qemu.value, 'prelaunch');
});

monitor('requests may come in any pieces: byte by byte the answers are the same', () => {
  const text = '{"execute":"query-kvm"} {"execute":"query-target","id":"\\u4e2d"}\r\n{"execute":1}';
  for (const switches of [qemu212el7, qemu72]) {
    const whole = send(talking(switches), text);
    const session = talking(switches);
    const pieces = [...text].map((byte) => send(session, byte)).join('');
    assert.is(pieces, whole);
  }
});

monitor.run();
