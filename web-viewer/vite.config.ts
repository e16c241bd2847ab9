/**
 * Two builds of one viewer: a folder for a web server (`dist/folder`), and one file that opens by itself (`dist/single/kvmlab.html`).
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { folderPolicy, madeByBuild, singleFile } from './build/plugin.ts';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..');

/**
 * The simulator in parts, as its rooms import one another (test/tidy.test.ts), so that no part waits for one that waits for
 * it: each arrives beside the others, and a browser keeps it until it changes.
 */
const parts = {
  includeDependenciesRecursively: false,
  groups: [
    {
      name: 'kernel',
      test: /\/sim\/(acl|libc)\/|\/sim\/kernel\/(?!own\.ts)|\/(immer|xstate|@noble)\//,
    },
    { name: 'tools', test: /\/sim\/userland\// },
    { name: 'daemons', test: /\/sim\/(logind|rpm|systemd|udev)\// },
    { name: 'qmp', test: /\/sim\/qemu\// },
    { name: 'libvirt', test: /\/sim\/libvirt\/|\/@xmldom\// },
    { name: 'language', test: /\/sim\/shell\/|\/unbash\// },
    { name: 'host', test: /\/sim\/host\// },
    { name: 'play', test: /\/sim\/play\/(?!scenario\.ts)/ },
    { name: 'scenarios', test: /\/scenarios\/[\w-]+\.ts$/ },
  ],
};

/** How long the plugins took is nobody's news. */
const quiet = { pluginTimings: false };

export default defineConfig(({ mode }) => {
  const single = mode === 'single';
  return {
    root: here,
    base: './',
    cacheDir: join(root, 'node_modules', '.cache', 'vite'),
    define: { SINGLE: JSON.stringify(single) },
    plugins: [madeByBuild(root), single ? singleFile() : folderPolicy()],
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir: join(here, 'dist', single ? 'single' : 'folder'),
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2000,
      reportCompressedSize: false,
      ...(single
        ? {
            cssCodeSplit: false,
            rolldownOptions: {
              output: { format: 'iife', codeSplitting: false },
              transform: { define: { 'import.meta': '{}' } },
              checks: quiet,
            },
          }
        : { rolldownOptions: { output: { codeSplitting: parts }, checks: quiet } }),
    },
    worker: { format: 'es', plugins: () => [madeByBuild(root)] },
  };
});
