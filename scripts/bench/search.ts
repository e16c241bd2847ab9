/** The search of a file of tables, as a process of its own: node search.cjs FILE (tables.ts). */
import { readFileSync } from 'node:fs';
import { deserialize } from 'node:v8';
import { breadthFirst } from '../../sim/explore/breadth.ts';
import { spaceOfTables, type Tables } from './tables.ts';

const tables: Tables = deserialize(readFileSync(process.argv[2] ?? ''));
const { states, transitions, bytes } = breadthFirst(spaceOfTables(tables));
process.stdout.write(`${states} states, stored\n${transitions} transitions\n${bytes} bytes\n`);
