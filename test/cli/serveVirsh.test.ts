/**
 * The real virsh 9.0 against served hosts: to the last byte what the simulated one shows on the same host.
 *
 * On debian12 they are the same version, and everything must agree. On centos7 the simulated virsh is 5.0.0, whose own
 * sentences differ in known ways; what the daemon says must agree there too.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { servedHost } from '../gateway/client.ts';
import { kvmlabServe, type Served, served } from './served.ts';

const live = suite('the real virsh');

/** Why it cannot be asked; null when it can. */
function cannotAsk(): string | null {
  const { stdout, error } = spawnSync('virsh', ['--version'], { encoding: 'utf8' });
  if (error) return 'no virsh here (Debian 12: apt-get install libvirt-clients)';
  return stdout.startsWith('9.0.') ? null : `virsh is ${stdout.trim()}, and 9.0 is compared`;
}

const missing = cannotAsk();

function withVirsh(title: string, run: () => Promise<void>): void {
  live(title, async () => {
    if (missing === null) return run();
    if (process.env['KVMLAB_REQUIRED']) throw new Error(missing);
    process.stdout.write(`  skipped: ${missing}\n`);
  });
}

type Shown = Readonly<{ stdout: string; stderr: string; status: number | null }>;

/** A line of the list, through the shell: words and quotes as people type them. */
function realVirsh({ places }: Served, line: string): Shown {
  const { stdout, stderr, status } = spawnSync('sh', ['-c', `virsh ${line}`], {
    cwd: places.home,
    env: { ...process.env, LC_ALL: 'C', LIBVIRT_DEFAULT_URI: places.uri },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { stdout, stderr, status };
}

const lines = `
version
version --daemon
hostname
nodeinfo
capabilities
domcapabilities
domcapabilities --virttype kvm
domcapabilities --virttype qemu
domcapabilities --virttype xen
list
list --all
list --all --name
list --inactive
create test.xml
create test.xml
list --all
list --all --uuid
domstate t1
domstate t1 --reason
dominfo t1
domid t1
domuuid t1
domname 1
dumpxml t1
dumpxml t1 --inactive
shutdown t1
destroy t1
create test.xml
destroy t1
domstate t1
define test.xml
define test.xml
list --all
list --state-shutoff
dominfo t1
autostart t1
dominfo t1
autostart --disable t1
start t1
start t1
domid t1
dumpxml t1
undefine t1
list --all
destroy t1
undefine t1
define test.xml
undefine t1
start nosuch
dominfo nosuch
domname 77
domid 00000000-0000-0000-0000-000000000001
create nosuch.xml
nosuchcommand
list --nosuch
define
-r list --all
-r create test.xml
-r define test.xml
-r capabilities
-r domcapabilities
-q list --all
'list --all; hostname'
`
  .trim()
  .split('\n');

/** The library forbids this itself from 5.5.0 on, before it asks any daemon. */
const NEWER = '-r domcapabilities';

/** What only the client's version decides. */
const ownWords = (text: string) =>
  text
    .replace(/^(Domain|error: Failed to \w+ domain) '([^']*)'/gm, '$1 $2')
    .replace(
      /^(Compiled against library: libvirt|Using library: libvirt|Using API: QEMU) .*$/gm,
      '$1',
    );

const asItIs = (text: string) => text;

async function compare(name: string, profile: string, words: (text: string) => string) {
  const host = await served(name, '--profile', profile);
  const service = servedHost(name, profile);
  try {
    for (const line of lines.filter((one) => profile === 'debian12' || one !== NEWER)) {
      const real = realVirsh(host, line);
      const shown = service.type({ source: `virsh ${line}`, stdin: '', terminal: false });
      const text = (wanted: 1 | 2) =>
        (shown?.chunks ?? []).flatMap((c) => (c.stream === wanted ? [c.text] : [])).join('');
      const simulated = { stdout: text(1), stderr: text(2), status: shown?.status };
      const both = [real, simulated].map(({ stdout, stderr, status }) => ({
        stdout: words(stdout),
        stderr: words(stderr),
        status,
      }));
      assert.equal(both[0], both[1], `${profile}: virsh ${line}`);
    }
    process.stdout.write(`  ${lines.length} lines of virsh on ${name}, ${profile}\n`);
  } finally {
    assert.is(await host.stop(), 0);
  }
}

withVirsh('debian12: the same bytes, the same status', () =>
  compare('kvm-works', 'debian12', asItIs),
);

withVirsh(
  'centos7, sound and broken: the same but for the sentences of another version',
  async () => {
    await compare('kvm-works', 'centos7', ownWords);
    await compare('acl-group-empty', 'centos7', ownWords);
  },
);

withVirsh(
  'the incident: the real client gets its error, and after the repair its guest',
  async () => {
    const host = await served('acl-group-empty');
    const onHost = (line: string) =>
      spawnSync(`${host.places.bin}/on-host`, [line], { encoding: 'utf8' });
    try {
      assert.equal(realVirsh(host, 'create test.xml'), {
        stdout: '\n',
        stderr:
          'error: Failed to create domain from test.xml\n' +
          'error: invalid argument: could not find capabilities for arch=x86_64 domaintype=kvm \n',
        status: 1,
      });
      assert.is(realVirsh(host, 'capabilities').stdout, onHost('virsh capabilities').stdout);
      assert.is(onHost('setfacl -m g::rw /dev/kvm').status, 0);
      assert.match(realVirsh(host, 'capabilities').stdout, /<domain type='kvm'\/>/);
      assert.equal(realVirsh(host, 'create test.xml'), {
        stdout: "Domain 't1' created from test.xml\n\n",
        stderr: '',
        status: 0,
      });
    } finally {
      await host.stop();
    }
  },
);

withVirsh('interactive with keepalive, and events while others work', async () => {
  const host = await served('kvm-works', '--profile', 'debian12');
  try {
    const slow = `{ echo hostname; sleep 3; echo uri; } | virsh -k 1 -q`;
    const script = `(virsh event --all --loop --timeout 4 > events) & ${slow}; virsh create test.xml; virsh destroy t1; wait; cat events`;
    const { stdout, status } = spawnSync('sh', ['-c', script], {
      cwd: host.places.home,
      env: { ...process.env, LC_ALL: 'C', LIBVIRT_DEFAULT_URI: host.places.uri },
      encoding: 'utf8',
    });
    assert.is(status, 0);
    assert.match(stdout, /^debian$/m);
    assert.ok(stdout.includes(host.places.uri));
    for (const said of ['Resumed Unpaused', 'Started Booted', 'Stopped Destroyed'])
      assert.ok(stdout.includes(`event 'lifecycle' for domain 't1': ${said}`), said);
  } finally {
    await host.stop();
  }
});

withVirsh("the README's session is what one sees", async () => {
  const [, section = ''] = readFileSync('README.md', 'utf8').split(
    '## Your own virsh, on a broken host',
  );
  const shown = (section.split('## ')[0] ?? '').split('\n').flatMap((line, n, all) => {
    const blank = line === '' && all[n - 1]?.startsWith('    ') && all[n + 1]?.startsWith('    ');
    return line.startsWith('    ') || blank ? [line.slice(4)] : [];
  });
  const typed = shown.flatMap((line) => (line.startsWith('$ ') ? [line.slice(2)] : []));
  assert.ok(typed.length >= 5);
  const steps = typed.map((line) => `printf '%s\\n' '$ ${line}'; { ${line}; } 2>&1`);
  const script = ['cd "$KVMLAB_DIR/home"', ...steps].join('\n');
  const { stdout } = kvmlabServe(['acl-group-empty', '--', 'sh', '-c', script]);
  assert.is(stdout.trimEnd(), shown.join('\n').trimEnd());
});

live.run();
