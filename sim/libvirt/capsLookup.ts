/**
 * Do the driver's capabilities offer what a domain asks for? The source of the incident's error.
 *
 * Models: libvirt v5.0.0 src/conf/capabilities.c virCapabilitiesDomainDataLookup,
 *   virCapabilitiesDomainDataLookupInternal; src/conf/domain_conf.c virDomainVirt, virDomainOS
 *
 * Every part of the message ends in a blank, so the message does. `hvm` is number 0 and therefore never
 * mentioned. Without an architecture two lookups are made, and the last one's message is the one reported.
 */
import type { Sys } from '../kernel/program.ts';
import { archNumber } from './arch.ts';
import type { DriverCaps, Guest } from './driver.ts';
import type { Trouble } from './virError.ts';
import { type Log, report, source } from './virLog.ts';

const log = source('conf.capabilities');
const WHERE = 'virCapabilitiesDomainDataLookupInternal';

export const virtTypes: readonly string[] =
  'none qemu kqemu kvm xen lxc uml openvz test vmware hyperv vbox phyp parallels bhyve vz'.split(
    ' ',
  );

export const osTypes: readonly string[] = 'hvm xen linux exe uml xenpvh'.split(' ');

export type Wanted = Readonly<{ osType: string; arch: string | null; virtType: string }>;

export type DomainData = Readonly<{ arch: string; emulator: string; machine: string | null }>;

/** What the error names, in order, each with its blank. */
export function describe({ osType, arch, virtType }: Wanted): string {
  const os = osType === 'hvm' ? '' : `ostype=${osType} `;
  const architecture = arch === null ? '' : `arch=${arch} `;
  const type = virtType === 'none' ? '' : `domaintype=${virtType} `;
  return `${os}${architecture}${type}` || 'any configuration';
}

type Line = readonly [number: number, text: string];

/** One guest against the wish: does it fit, and what the log says on the way. */
function consider(guest: Guest, wanted: Wanted): { fits: boolean; lines: readonly Line[] } {
  const os = osTypes.indexOf(wanted.osType);
  if (os !== 0) return { fits: false, lines: [[638, `Skip os type want=${os} vs got=0`]] };
  const lines: Line[] = [[641, `Match os type ${os}`]];
  const arch = wanted.arch === null ? 0 : archNumber(wanted.arch);
  if (wanted.arch !== null && guest.arch !== wanted.arch) {
    lines.push([644, `Skip arch want=${arch} vs got=${archNumber(guest.arch)}`]);
    return { fits: false, lines };
  }
  lines.push([647, `Match arch ${arch}`]);
  const type = virtTypes.indexOf(wanted.virtType);
  for (const domain of guest.domains) {
    const got = virtTypes.indexOf(domain);
    if (type !== got) {
      lines.push([657, `Skip domain type want=${type} vs got=${got}`]);
      continue;
    }
    lines.push([660, `Match domain type ${type}`], [670, 'Match emulator <null>']);
    if (guest.machines.length > 0) lines.push([690, 'Match machine type machine <null>']);
    return { fits: true, lines };
  }
  return { fits: false, lines };
}

function* lookupInternal(to: Log, caps: DriverCaps, wanted: Wanted): Sys<DomainData | Trouble> {
  const os = osTypes.indexOf(wanted.osType);
  const arch = wanted.arch === null ? 0 : archNumber(wanted.arch);
  const type = virtTypes.indexOf(wanted.virtType);
  const wish = `Lookup ostype=${os} arch=${arch} domaintype=${type} emulator=<null> machine=<null>`;
  yield* log.debug(to, `${WHERE}:632`, wish);
  for (const guest of caps.guests) {
    const { fits, lines } = consider(guest, wanted);
    for (const [number, text] of lines) yield* log.debug(to, `${WHERE}:${number}`, text);
    if (!fits) continue;
    return { arch: guest.arch, emulator: guest.emulator, machine: guest.machines[0]?.name ?? null };
  }
  const detail = `could not find capabilities for ${describe(wanted)}`;
  return yield* report(to, `${WHERE}:733`, 'CAPABILITIES', 'INVALID_ARG', detail);
}

export function* domainDataLookup(
  to: Log,
  caps: DriverCaps,
  wanted: Wanted,
): Sys<DomainData | Trouble> {
  if (wanted.arch !== null) return yield* lookupInternal(to, caps, wanted);
  const native = yield* lookupInternal(to, caps, { ...wanted, arch: caps.host.arch });
  return 'error' in native ? yield* lookupInternal(to, caps, wanted) : native;
}
