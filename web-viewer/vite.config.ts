/**
 * Two builds of one viewer: a folder for a web server (`dist/folder`), and one file that opens by itself (`dist/single/kvmlab.html`).
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { folderPolicy, madeByBuild, singleFile } from './build/plugin.ts';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..');

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
            rolldownOptions: { output: { format: 'iife', codeSplitting: false } },
          }
        : {}),
    },
    worker: { format: 'es', plugins: () => [madeByBuild(root)] },
  };
});
