/**
 * virsh itself: what it says before it has spoken to anyone, and how it prints what it is told.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Laboratory, recordedHost } from './laboratory.ts';

const virsh = suite('virsh');

let lab: Laboratory;
virsh.before(() => {
  lab = recordedHost();
});

const says = (line: string, stderr: string, stdout = '', status = 1) =>
  assert.equal(lab.run(line), { stdout, stderr, status });

virsh('nobody listens', () => {
  says(
    'virsh list',
    'error: failed to connect to the hypervisor\n' +
      "error: Failed to connect socket to '/var/run/libvirt/libvirt-sock': No such file or directory\n",
    '\n',
  );
  says(
    'virsh -r list',
    'error: failed to connect to the hypervisor\n' +
      "error: Failed to connect socket to '/var/run/libvirt/libvirt-sock-ro': No such file or directory\n",
    '\n',
  );
});

virsh('words that it does not know stop the line before anything runs', () => {
  says('virsh nonsense', "error: unknown command: 'nonsense'\n");
  says("virsh 'list; nonsense'", "error: unknown command: 'nonsense'\n");
  says('virsh list --alll', "error: command 'list' doesn't support option --alll\n");
  says('virsh list extra', "error: unexpected data 'extra'\n");
  says('virsh list --all=1', "error: invalid '=' after option --all\n");
  says('virsh list --all --all', 'error: option --all already seen\n');
  says('virsh create', "error: command 'create' requires <file> option\n");
  says('virsh start', "error: command 'start' requires <domain> option\n");
  says('virsh domcapabilities --arch', 'error: expected syntax: --arch <string>\n');
  says('virsh help nonsense', "error: command or command group 'nonsense' doesn't exist\n", '\n');
  says('virsh -z list', "error: unsupported option '-z'. See --help.\n");
  says('virsh --nonsense list', "error: unsupported option '--nonsense'. See --help.\n");
  says('virsh -c', "error: option '-c'/'--connect' requires an argument\n");
});

virsh('a real command that is not modelled says so', () => {
  says('virsh net-list', 'error: virsh net-list is a real command that kvmlab does not model\n');
});

virsh('help needs no daemon', () => {
  says(
    'virsh help domstate',
    '',
    '  NAME\n    domstate - domain state\n\n' +
      '  SYNOPSIS\n    domstate <domain> [--reason]\n\n' +
      '  DESCRIPTION\n    Returns state about a domain.\n\n' +
      '  OPTIONS\n    [--domain] <string>  domain name, id or uuid\n' +
      '    --reason         also print reason for the state\n\n\n',
    0,
  );
  assert.is(lab.run('virsh --version').stdout, '5.0.0\n');
});

virsh('with the daemon: versions, the host, and files that are not there', () => {
  lab.run('systemctl start libvirtd');
  says(
    'virsh version --daemon',
    '',
    'Compiled against library: libvirt 5.0.0\nUsing library: libvirt 5.0.0\nUsing API: QEMU 5.0.0\n' +
      'Running hypervisor: QEMU 2.12.0\nRunning against daemon: 5.0.0\n\n',
    0,
  );
  says('virsh uri', '', 'qemu:///system\n\n', 0);
  says('virsh hostname', '', 'node1.example.org\n\n', 0);
  says('virsh -q hostname', '', 'node1.example.org\n', 0);
  assert.match(lab.run('virsh nodeinfo').stdout, /^CPU model: {11}x86_64\nCPU\(s\): {14}\d+\n/);
  says(
    'virsh create nosuch.xml',
    "error: Failed to open file 'nosuch.xml': No such file or directory\n",
    '\n',
  );
  says('virsh start nosuch', "error: failed to get domain 'nosuch'\n", '\n');
});

virsh('several commands in one argument: the last one decides the exit status', () => {
  says(
    "virsh 'uri; start nosuch'",
    "error: failed to get domain 'nosuch'\n",
    'qemu:///system\n\n\n',
  );
  says(
    "virsh 'start nosuch; uri'",
    "error: failed to get domain 'nosuch'\n",
    '\nqemu:///system\n\n',
    0,
  );
});

virsh('other hypervisors are refused by name', () => {
  says(
    'virsh -c xen:///system list',
    'error: failed to connect to the hypervisor\nerror: no connection driver available for xen:///system\n',
  );
});

virsh('domains in the table: the running by id, the others by name', () => {
  lab.run('virsh define dom8.xml');
  lab.run('virsh create dom500.xml');
  says(
    'virsh list --all',
    '',
    ' Id   Name   State\n-----------------------\n 1    t1     running\n -    t8     shut off\n\n',
    0,
  );
  says('virsh list --name', '', 't1\n\n', 0);
  says('virsh list --all --name', '', 't1\nt8\n\n', 0);
  says('virsh domstate t1 --reason', '', 'running (booted)\n\n', 0);
  says('virsh domstate t8', '', 'shut off\n\n', 0);
  says('virsh domid t1', '', '1\n\n', 0);
  says('virsh domid t8', '', '-\n\n', 0);
  says('virsh domname 1', '', 't1\n\n', 0);
});

virsh('what a domain refuses', () => {
  says('virsh start t1', 'error: Domain is already active\n', '\n');
  says(
    'virsh destroy t8',
    'error: Failed to destroy domain t8\nerror: Requested operation is not valid: domain is not running\n',
    '\n',
  );
  says(
    'virsh undefine t1',
    'error: Failed to undefine domain t1\nerror: Requested operation is not valid: cannot undefine transient domain\n',
    '\n',
  );
  says(
    'virsh -r destroy t1',
    'error: Failed to destroy domain t1\nerror: operation forbidden: read only access prevents virDomainDestroy\n',
    '\n',
  );
  assert.match(
    lab.run('virsh create dom500.xml').stderr,
    "operation failed: domain 't1' already exists with uuid ",
  );
});

virsh.run();
