/**
 * The pure judgements of libvirt 5.0.0, each alone: what is remembered, what is refused, what is said.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { initialTransition, transition } from 'xstate';
import { architectures, archNumber, findTarget, isNative } from '../../sim/libvirt/arch.ts';
import { binaryFor } from '../../sim/libvirt/capabilities.ts';
import { type CapsCacheEvent, capsCache } from '../../sim/libvirt/capsCache.machine.ts';
import { capsFlags, inFlagOrder } from '../../sim/libvirt/capsFlags.ts';
import { describe } from '../../sim/libvirt/capsLookup.ts';
import { logSettings, parseConf } from '../../sim/libvirt/conf.ts';
import {
  refuseChangedBinary,
  refuseChangedHost,
  refuseForeignEntry,
  refuseKvm,
  type Self,
} from '../../sim/libvirt/isValid.ts';
import { neverLooked, recall } from '../../sim/libvirt/kvmUsable.ts';
import { type QemuCaps, unprobed, withFlags } from '../../sim/libvirt/qemuCaps.ts';
import { kvmState, machinesOf, withMigratability } from '../../sim/libvirt/replies.ts';
import { libvirt500, versionNumber, versionText } from '../../sim/libvirt/switches.ts';
import { virError } from '../../sim/libvirt/virError.ts';
import { levelOf, parseFilters } from '../../sim/libvirt/virLog.ts';
import { complaint, complaintText } from '../../sim/libvirt/xmlComplaint.ts';

const judgements = suite('judgements');

const caps: QemuCaps = {
  ...unprobed('/usr/libexec/qemu-kvm'),
  arch: 'x86_64',
  ctime: 100,
  libvirtCtime: 50,
  libvirtVersion: 5000000,
  microcodeVersion: 7,
  kernelVersion: '3.10 #1',
};
const withKvm = withFlags(caps, ['kvm']);

const self: Self = {
  hostArch: 'x86_64',
  ctime: 50,
  hostCpuSignature: null,
  cpuData: null,
  microcodeVersion: 7,
  kernelVersion: '3.10 #1',
  runAs: { uid: 107, gid: 107 },
  switches: libvirt500,
};

judgements('a verdict is remembered under the second of the ctime, and no longer', () => {
  assert.is(recall(neverLooked, 0), null);
  assert.is(recall({ ctime: 100, usable: false }, 100), false);
  assert.is(recall({ ctime: 100, usable: true }, 101), null);
});

judgements('each check speaks its own sentence', () => {
  assert.is(
    refuseForeignEntry(caps, { ...self, ctime: 51 })?.why,
    "Outdated capabilities for '/usr/libexec/qemu-kvm': libvirt changed (50 vs 51, 5000000 vs 5000000)",
  );
  assert.is(
    refuseChangedBinary(caps, 101)?.why,
    "Outdated capabilities for '/usr/libexec/qemu-kvm': QEMU binary changed (101 vs 100)",
  );
  const host = (change: Partial<Self>, nested = false) =>
    refuseChangedHost(withKvm, { ...self, ...change }, nested)?.why.replace(/^[^:]*: /, '');
  assert.is(host({ microcodeVersion: 8 }), 'microcode version changed (8 vs 7)');
  assert.is(host({ kernelVersion: '4 #1' }), "kernel version changed ('4 #1' vs '3.10 #1')");
  assert.is(host({}, true), 'kvm kernel nested value changed from 0');
  assert.is(host({}), undefined);
});

judgements(
  'of the four combinations of entry and device two are refused, and the stable wrong one is not',
  () => {
    assert.is(refuseKvm(caps, false), null);
    assert.is(refuseKvm(withKvm, true), null);
    assert.match(refuseKvm(caps, true)?.why ?? '', /but it should be usable now$/);
    assert.match(refuseKvm(withKvm, false)?.why ?? '', /but it is not available now$/);
  },
);

judgements('the error names hvm never, and ends in a blank always', () => {
  assert.is(
    describe({ osType: 'hvm', arch: 'x86_64', virtType: 'kvm' }),
    'arch=x86_64 domaintype=kvm ',
  );
  assert.is(describe({ osType: 'hvm', arch: null, virtType: 'kvm' }), 'domaintype=kvm ');
  assert.is(
    describe({ osType: 'linux', arch: 'i686', virtType: 'xen' }),
    'ostype=linux arch=i686 domaintype=xen ',
  );
  assert.is(describe({ osType: 'hvm', arch: null, virtType: 'none' }), 'any configuration');
});

judgements('the recorded error is code 8 of domain 44, 77 bytes long', () => {
  const detail = 'could not find capabilities for arch=x86_64 domaintype=kvm ';
  const error = virError('CAPABILITIES', 'INVALID_ARG', detail);
  assert.equal([error.code, error.domain, error.message.length], [8, 44, 77]);
});

judgements(
  'i686 is 7 and x86_64 is 34, as in the recorded log; natives share the host binary',
  () => {
    assert.equal([archNumber('i686'), archNumber('x86_64'), archNumber('nonsense')], [7, 34, 0]);
    assert.is(architectures.length, 36);
    assert.is(findTarget('x86_64', 'i686'), 'x86_64');
    assert.not.ok(isNative('x86_64', 'aarch64'));
  },
);

judgements('a binary in PATH comes first; without one only natives get the literal path', () => {
  const none = new Map<string, string>();
  assert.is(binaryFor(none, 'x86_64', 'i686'), '/usr/libexec/qemu-kvm');
  assert.is(binaryFor(none, 'x86_64', 'aarch64'), null);
  const there = new Map([['qemu-system-x86_64', '/usr/bin/qemu-system-x86_64']]);
  assert.is(binaryFor(there, 'x86_64', 'i686'), '/usr/bin/qemu-system-x86_64');
});

judgements('query-kvm counts only when both answers are truth values', () => {
  assert.equal(kvmState({ present: true, enabled: false }), { present: true, enabled: false });
  assert.is(kvmState({ present: true }), null);
  assert.is(kvmState({ present: true, enabled: 'yes' }), null);
});

judgements("the preferred machine moves to the front, QEMU's default where there is none", () => {
  const list = [
    { name: 'none', 'cpu-max': 1 },
    { name: 'a', 'cpu-max': 1, 'is-default': true },
    { name: 'b', alias: 'pc', 'cpu-max': 240 },
  ];
  assert.equal(
    machinesOf(list, 'pc')?.map((m) => m.name),
    ['b', 'a'],
  );
  assert.equal(
    machinesOf(list, null)?.map((m) => m.name),
    ['a', 'b'],
  );
  assert.is(machinesOf([{ name: 'x' }], 'pc'), null);
});

judgements('a property that is on only without migration is on, and not migratable', () => {
  const host = (value: boolean) => ({
    model: 'base',
    migratability: false,
    properties: [{ name: 'invtsc', value, migratable: null }],
  });
  assert.equal(withMigratability(host(false), host(true)).properties[0], {
    name: 'invtsc',
    value: true,
    migratable: 'no',
  });
  assert.is(withMigratability(host(true), host(false)).properties[0]?.migratable, 'yes');
});

judgements('flags stand in the order of the table, each once', () => {
  assert.is(capsFlags.length, 327);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...capsFlags)), (flags) => {
      const ordered = inFlagOrder(flags);
      assert.equal(new Set(ordered), new Set(flags));
      assert.equal(
        ordered,
        capsFlags.filter((f) => flags.includes(f)),
      );
    }),
  );
});

judgements('version numbers read both ways', () => {
  assert.is(versionNumber('5.0.0'), 5000000);
  assert.is(versionText(2012000), '2.12.0');
});

judgements('the log: the environment over the file, filters by substring', () => {
  const conf = parseConf('log_level = 3\n#log_outputs="x"\nlog_filters="1:qemu 4:json"\n');
  assert.equal(logSettings(conf, {}), { level: 3, filters: '1:qemu 4:json', outputs: '' });
  assert.is(logSettings(conf, { LIBVIRT_DEBUG: 'debug' }).level, 1);
  const log = {
    version: '5.0.0',
    places: '5.0.0' as const,
    level: 3,
    filters: parseFilters('1:qemu 4:json'),
    outputs: [],
  };
  assert.is(levelOf(log, 'qemu.qemu_capabilities'), 1);
  assert.is(levelOf(log, 'util.json'), 4);
  assert.is(levelOf(log, 'util.filecache'), 3);
  assert.equal(parseFilters('1:qemu nonsense'), []);
});

/** Each event must be allowed where it comes, and the entry must stand only where it may. */
judgements('the cache: a probe that cannot be saved leaves nothing behind', () => {
  const found = { caps, address: '0x1' };
  const error = virError('QEMU', 'SYSTEM_ERROR', 'no space');
  const walk = (events: readonly CapsCacheEvent[]) => {
    let [state] = initialTransition(capsCache);
    for (const event of events) [state] = transition(capsCache, state, event);
    return { value: state.value, entry: state.context.entry !== null };
  };
  const probed: CapsCacheEvent[] = [
    { type: 'cache.lookedUp' },
    { type: 'file.useless' },
    { type: 'qemu.probed', found },
  ];
  assert.equal(walk(probed), { value: 'saving', entry: false });
  assert.equal(walk([...probed, { type: 'file.saved' }]), { value: 'serving', entry: true });
  assert.equal(walk([...probed, { type: 'step.failed', error }]), {
    value: 'absent',
    entry: false,
  });
  const refused: CapsCacheEvent[] = [
    { type: 'file.saved' },
    { type: 'cache.lookedUp' },
    { type: 'entry.refused' },
  ];
  assert.equal(walk([...probed, ...refused]), { value: 'loading', entry: false });
});

const broken: readonly (readonly [xml: string, message: string])[] = [
  ['', '(domain_definition):1: Document is empty\n(null)\n^'],
  ['plain', "(domain_definition):1: Start tag expected, '<' not found\nplain\n^"],
  [
    '<a><b></a>',
    '(domain_definition):1: Opening and ending tag mismatch: b line 1 and a\n<a><b></a>\n----------^',
  ],
  ["<a>\n<b x='1'/>\n", '(domain_definition):3: Premature end of data in tag a line 1\n\n^'],
  ['<a/><b/>', '(domain_definition):1: Extra content at the end of the document\n<a/><b/>\n----^'],
  ['<a b=c/>', '(domain_definition):1: AttValue: " or \' expected\n<a b=c/>\n-----^'],
  ['<a>&no;</a>', "(domain_definition):1: Entity 'no' not defined\n<a>&no;</a>\n-------^"],
];

judgements(
  `${broken.length} broken texts get libxml2's sentence, its line and libvirt's arrow`,
  () => {
    for (const [xml, message] of broken) {
      const wrong = complaint(xml);
      assert.is(
        wrong === null ? 'well formed' : complaintText('(domain_definition)', wrong),
        message,
      );
    }
    assert.is(
      complaint("<?xml version='1.0'?>\n<!-- c --><a b='&lt;'>&#10;<![CDATA[<]]></a>\n"),
      null,
    );
  },
);

judgements.run();
