/**
 * What udevadm 252 says of its builtins as they begin and end: the hardware database, the module index, link files.
 *
 * Models: systemd v252 udev-builtin.c udev_builtin_init, udev_builtin_exit; sd-hwdb.c hwdb_new; udev-builtin-kmod.c;
 *   net/link-config.c link_load_one; virt.c detect_container
 * Source of the numbers: the hwdb.bin that Debian's udev 252.39-1~deb12u2 builds from its own hwdb.d.
 *
 * The builtins themselves are not modelled here; these lines are all that shows of them on a host without networks.
 */
export const builtinsBegin = `Trying to open "/etc/systemd/hwdb/hwdb.bin"...
Trying to open "/etc/udev/hwdb.bin"...
Trying to open "/usr/lib/systemd/hwdb/hwdb.bin"...
Trying to open "/lib/systemd/hwdb/hwdb.bin"...
Trying to open "/lib/udev/hwdb.bin"...
=== trie on-disk ===
tool version:          252
file size:        13017119 bytes
header size             80 bytes
strings            2728567 bytes
nodes             10288472 bytes
Loading kernel module index.
Found container virtualization none.
Using default interface naming scheme 'v252'.
Parsed configuration file "/usr/lib/systemd/network/99-default.link"
Parsed configuration file "/usr/lib/systemd/network/73-usb-net-by-mac.link"
Created link configuration context.
`;

export const builtinsEnd = `Unload kernel module index.
Unloaded link configuration context.
`;
