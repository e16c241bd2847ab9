/**
 * The rules files of CentOS 7's systemd-219, as far as they touch devices that exist here.
 *
 * Models: systemd v219-67.el7 rules/50-udev-default.rules, rules/80-drivers.rules, src/login/70-uaccess.rules,
 *   71-seat.rules, 73-seat-late.rules (own wording; lines for other devices are left out)
 *
 * There is nothing in them about the mode of /dev/kvm: that is left to the package qemu-kvm. But kvm is
 * tagged `uaccess`, so a user at the seat gets an ACL entry on a node that still is 0600.
 */

const DIRECTORY = '/usr/lib/udev/rules.d';

export type RulesText = Readonly<{ path: string; content: string }>;

const defaults = `# Default permissions and names.
ENV{MODALIAS}!="", IMPORT{builtin}="hwdb --subsystem=$env{SUBSYSTEM}"

ACTION!="add", GOTO="default_permissions_end"
SUBSYSTEM=="tty", KERNEL=="ptmx", GROUP="tty", MODE="0666"
SUBSYSTEM=="tty", KERNEL=="tty", GROUP="tty", MODE="0666"
SUBSYSTEM=="tty", KERNEL=="tty[0-9]*", GROUP="tty", MODE="0620"
KERNEL=="tty[A-Z]*[0-9]", GROUP="dialout"
SUBSYSTEM=="block", GROUP="disk"
KERNEL=="loop-control", GROUP="disk", OPTIONS+="static_node=loop-control"
KERNEL=="tun", MODE="0666", OPTIONS+="static_node=net/tun"
KERNEL=="fuse", MODE="0666", OPTIONS+="static_node=fuse"
LABEL="default_permissions_end"
`;

const uaccess = `# Devices that the user at the seat may use.
ACTION=="remove", GOTO="uaccess_end"
ENV{MAJOR}=="", GOTO="uaccess_end"

# KVM
SUBSYSTEM=="misc", KERNEL=="kvm", TAG+="uaccess"

LABEL="uaccess_end"
`;

const seat = `# Devices that belong to a seat.
ACTION=="remove", GOTO="seat_end"
TAG=="uaccess", SUBSYSTEM!="sound", TAG+="seat"
TAG=="seat", ENV{ID_PATH}=="", IMPORT{builtin}="path_id"
TAG=="seat", ENV{ID_FOR_SEAT}=="", ENV{ID_PATH_TAG}!="", ENV{ID_FOR_SEAT}="$env{SUBSYSTEM}-$env{ID_PATH_TAG}"
LABEL="seat_end"
`;

const seatLate = `# The seat is known by now.
ACTION=="remove", GOTO="seat_late_end"
ENV{ID_SEAT}=="", ENV{ID_AUTOSEAT}=="1", ENV{ID_FOR_SEAT}!="", ENV{ID_SEAT}="seat-$env{ID_FOR_SEAT}"
ENV{ID_SEAT}=="", IMPORT{parent}="ID_SEAT"
ENV{ID_SEAT}!="", TAG+="$env{ID_SEAT}"
TAG=="uaccess", ENV{MAJOR}!="", RUN{builtin}+="uaccess"
LABEL="seat_late_end"
`;

const drivers = `# Load the modules that devices ask for.
ACTION=="remove", GOTO="drivers_end"
ENV{MODALIAS}=="?*", RUN{builtin}+="kmod load $env{MODALIAS}"
LABEL="drivers_end"
`;

export const rulesEl7: readonly RulesText[] = [
  { path: `${DIRECTORY}/50-udev-default.rules`, content: defaults },
  { path: `${DIRECTORY}/70-uaccess.rules`, content: uaccess },
  { path: `${DIRECTORY}/71-seat.rules`, content: seat },
  { path: `${DIRECTORY}/73-seat-late.rules`, content: seatLate },
  { path: `${DIRECTORY}/80-drivers.rules`, content: drivers },
];
