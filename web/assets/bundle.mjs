// Bundles the sources into the folder given; used by build and check.
import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';

const out = process.argv[2];
const common = { bundle: true, minify: true, target: ['chrome123', 'firefox121', 'safari17.5'], legalComments: 'eof', charset: 'utf8', outdir: out, logLevel: 'warning' };

// The minified htmx that its authors publish is a tenth smaller than what esbuild makes of their module; it only lacks an export.
const htmx = {
  name: 'htmx',
  setup({ onLoad }) {
    onLoad({ filter: /htmx\.min\.js$/ }, async ({ path }) => ({ contents: `${await readFile(path, 'utf8')}\nexport default htmx;` }));
  },
};

await build({ ...common, format: 'esm', entryPoints: ['src/app.js', 'src/attach.js', 'src/editor.js', 'src/notes.js', 'src/plot.js'], loader: { '.css': 'text' }, plugins: [htmx] });
await build({ ...common, format: 'iife', entryPoints: ['src/theme.js'] });
await build({ ...common, entryPoints: ['src/css/app.css'] });
