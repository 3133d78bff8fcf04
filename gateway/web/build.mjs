/**
 * Installs what the console is built with and builds it, each only where something has changed since, so that
 * Maven may ask every time. `node build.mjs [check]`: with `check` it also formats, types and tests.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`The console is built with Node 20.19 or newer; this is ${process.version}.`);
  process.exit(1);
}

const root = dirname(fileURLToPath(import.meta.url));
const changedAt = (path) => {
  const at = join(root, path);
  if (!existsSync(at)) return 0;
  const stat = statSync(at);
  return stat.isDirectory()
    ? Math.max(stat.mtimeMs, ...readdirSync(at).map((name) => changedAt(join(path, name))))
    : stat.mtimeMs;
};
const npm = (...args) => execFileSync('npm', args, { cwd: root, stdio: 'inherit' });

if (changedAt('package-lock.json') > changedAt('node_modules/.package-lock.json')) {
  npm('ci', '--no-audit', '--no-fund', '--loglevel=error');
}
if (process.argv[2] === 'check') {
  npm('run', '--silent', 'check');
  npm('test', '--silent');
} else {
  const sources = [
    'src',
    'public',
    'index.html',
    'package-lock.json',
    'vite.config.ts',
    'postcss.config.cjs',
  ];
  if (Math.max(...sources.map(changedAt)) > changedAt('dist/index.html')) npm('run', '--silent', 'build');
}
