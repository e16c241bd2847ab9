/**
 * UUIDs: made without dice, checked as libvirt checks them.
 *
 * Models: libvirt v5.0.0 src/util/viruuid.c virUUIDGenerate, virUUIDParse
 *
 * The real one reads /dev/urandom. Here a domain's UUID is a hash of the host, its name and a counter, so
 * that the same trace gives the same host, byte for byte.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { allocate, type Driver } from './driver.ts';

/** Hyphens may stand anywhere between digits. */
export const isUuid = (text: string): boolean => /^\s*([0-9a-fA-F]-?){32}\s*$/.test(text);

export function newUuid(driver: Driver, name: string): string {
  const seed = `${driver.caps?.host.uuid ?? ''}/${name}/${allocate(driver)}`;
  const hex = bytesToHex(sha256(utf8ToBytes(seed))).slice(0, 32);
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  const bits = `${hex.slice(0, 12)}4${hex.slice(13, 16)}${variant}${hex.slice(17)}`;
  return bits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
