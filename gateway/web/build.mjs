/**
 * Installs what the console is built with, builds it and checks it, each only where something has changed
 * since, so that Maven may ask every time. `node build.mjs [check]`: with `check` it formats, types and tests.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`The web console is built with Node 20.19 or newer; this is ${process.version}.`);
  process.exit(1);
}

const root = dirname(fileURLToPath(import.meta.url));
const SOURCES = [
  'src',
  'public',
  'index.html',
  'package-lock.json',
  'vite.config.ts',
  'postcss.config.cjs',
  'tsconfig.json',
];
/** What the checks hold the sources to: the API's documents among it, of which its types are made. */
const CHECKED = [...SOURCES, '../../docs/openapi', 'e2e', 'biome.json', 'playwright.config.ts'];
const INSTALLED = 'node_modules/.installed';
const CHECK = 'node_modules/.checked';

const at = (path) => join(root, path);
const changedAt = (path) => {
  if (!existsSync(at(path))) return 0;
  const stat = statSync(at(path));
  return stat.isDirectory()
    ? Math.max(stat.mtimeMs, ...readdirSync(at(path)).map((name) => changedAt(join(path, name))))
    : stat.mtimeMs;
};
const newest = (paths) => Math.max(...paths.map(changedAt));
const npm = (...args) => {
  try {
    execFileSync('npm', args, { cwd: root, stdio: 'inherit' });
  } catch (error) {
    if (error.code === 'ENOENT')
      console.error('The web console is built with npm, and there is no npm beside node.');
    else console.error(`The web console: "npm ${args.join(' ')}" failed; its messages are above.`);
    process.exit(1);
  }
};

// why by content: a checkout renews the file's time, and installing takes long
const lock = createHash('sha256')
  .update(readFileSync(at('package-lock.json')))
  .digest('hex');
if (!existsSync(at(INSTALLED)) || readFileSync(at(INSTALLED), 'utf8') !== lock) {
  npm('ci', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error');
  writeFileSync(at(INSTALLED), lock);
}
if (process.argv[2] === 'check') {
  const begun = newest(CHECKED);
  if (begun > changedAt(CHECK)) {
    npm('run', '--silent', 'check');
    npm('test', '--silent');
    writeFileSync(at(CHECK), '');
  }
} else if (newest(SOURCES) > changedAt('dist/index.html')) {
  npm('run', '--silent', 'build');
  // why: names hold their content's hash, so those of earlier builds would stay in the jar
  rmSync(at('../target/classes/static/console'), { recursive: true, force: true });
}
