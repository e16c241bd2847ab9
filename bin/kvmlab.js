#!/usr/bin/env node
/** The installed command: what scripts/pack.mjs has joined into one file. */
import '../dist/kvmlab.cjs';
