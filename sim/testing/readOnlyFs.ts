/**
 * Node's `fs` of a host that goes on living: every call sees the host as it is at that moment, through one user's eyes.
 *
 * A monitor under test holds on to its `fs` while the test changes the host, so this is no copy but a view: each call goes
 * to the copy of the state of that moment (host/nodeFs.ts). Calls that write answer EROFS, the truth about a view; use the
 * host's own commands to change it.
 */
import type { Volume } from 'memfs';
import { nodeFs } from '../host/nodeFs.ts';
import type { World } from '../host/world.ts';
import type { Credentials } from '../kernel/credentials.ts';

const reads = [
  'access',
  'exists',
  'lstat',
  'readFile',
  'readdir',
  'readlink',
  'realpath',
  'stat',
] as const;

type Read = (typeof reads)[number];
type Promised = Exclude<Read, 'exists'>;

export type ReadOnlyFs = Pick<Volume, Read | `${Read}Sync`> &
  Readonly<{
    promises: Pick<Volume['promises'], Promised>;
    constants: Readonly<Record<string, number>>;
  }>;

/** include/uapi/asm-generic/fcntl.h, unistd.h: what access takes. */
const constants = { F_OK: 0, X_OK: 1, W_OK: 2, R_OK: 4 };

const names = new Set<string>(reads.flatMap((name) => [name, `${name}Sync`]));

function refuse(call: string): () => never {
  return () => {
    const why = `EROFS: read-only file system, ${call}: change the host with its own commands`;
    throw Object.assign(new Error(why), { code: 'EROFS', errno: -30, syscall: call });
  };
}

type Bag = Readonly<Record<string, unknown>>;

/** `now`: the part of the copy of this moment that the calls belong to. */
function view(now: () => Bag, fixed: Bag): Bag {
  return new Proxy(fixed, {
    get: (known, name) => {
      if (typeof name !== 'string' || name in known) return known[String(name)];
      if (!names.has(name)) return refuse(name);
      return (...given: unknown[]) => {
        const here = now();
        return (here[name] as (...args: unknown[]) => unknown).apply(here, given);
      };
    },
  });
}

export function readOnlyFs(world: () => World, who: () => Credentials): ReadOnlyFs {
  const volume = () => nodeFs(world(), who());
  const promises = view(() => volume().promises as unknown as Bag, {});
  return view(() => volume() as unknown as Bag, { constants, promises }) as unknown as ReadOnlyFs;
}
