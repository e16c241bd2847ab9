/**
 * What the build adds to the page: the first screen, the statecharts, the lessons, and a strict policy.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setAutoFreeze } from 'immer';
import type { Plugin } from 'vite';
import { bakedItems, bakedModels, bakedScenarios } from './baked.ts';
import { charts } from './charts.ts';

/** `docs/lessons/*.md`, by file name. */
function lessonFiles(root: string): Record<string, string> {
  const folder = join(root, 'docs', 'lessons');
  const names = readdirSync(folder)
    .filter((name) => /^\d.*\.md$/.test(name))
    .sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** Modules whose text is made by the build, by name. */
export function madeByBuild(root: string): Plugin {
  const made: Readonly<Record<string, () => unknown>> = {
    'virtual:first-items': bakedItems,
    'virtual:scenario-list': bakedScenarios,
    'virtual:charts': charts,
    'virtual:model-list': bakedModels,
    'virtual:lessons': () => lessonFiles(root),
  };
  return {
    name: 'kvmlab-made-by-build',
    buildStart: () => setAutoFreeze(false),
    resolveId: (id) => (Object.hasOwn(made, id) ? `\0${id}` : null),
    load(id) {
      const make = made[id.slice(1)];
      if (!id.startsWith('\0virtual:') || make === undefined) return null;
      // A text in a string is parsed faster than an object literal of the same size.
      return `export const value = JSON.parse(${JSON.stringify(JSON.stringify(make()))});`;
    },
  };
}

const sha = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const policy = (script: string, style: string, worker: string) =>
  [
    "default-src 'none'",
    `script-src ${script}`,
    `style-src ${style}`,
    `worker-src ${worker}`,
    'img-src data:',
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

const policyTag = (text: string) => `<meta http-equiv="Content-Security-Policy" content="${text}">`;

/** The folder: everything from its own origin and nothing else. */
export function folderPolicy(): Plugin {
  return {
    name: 'kvmlab-folder-policy',
    apply: 'build',
    transformIndexHtml: (html) =>
      html.replace('<!--policy-->', policyTag(policy("'self'", "'self'", "'self'"))),
  };
}

/** One file: script and style stand in the page, and the policy knows them by their hashes. */
export function singleFile(): Plugin {
  return {
    name: 'kvmlab-single-file',
    enforce: 'post',
    apply: 'build',
    generateBundle(_, bundle) {
      const page = bundle['index.html'];
      if (page?.type !== 'asset') throw new Error('the build made no page');
      let html = String(page.source);
      let script = '';
      let style = '';
      for (const [name, part] of Object.entries(bundle)) {
        if (part.type === 'chunk') script = part.code.replaceAll('</script', '<\\/script');
        else if (name.endsWith('.css')) style = String(part.source);
        if (part !== page) delete bundle[name];
      }
      html = html
        .replace(/<script type="module"[^>]*><\/script>/, '')
        .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${style}</style>`)
        .replace('<!--policy-->', policyTag(policy(sha(script), sha(style), 'blob:')))
        .replace('</body>', () => `<script id="kvmlab">${script}</script></body>`);
      page.source = html;
      page.fileName = 'kvmlab.html';
    },
  };
}
