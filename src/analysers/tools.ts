import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const own = createRequire(import.meta.url);

/** A package of ours: its folder, its version, and the `node_modules` in which it lies. */
export interface Tool {
  readonly folder: string;
  readonly version: string;
  /** The outermost `node_modules`, which also holds what the package depends on. */
  readonly modules: string;
}

/** Finds a package among our own dependencies, never among those of the repository under review. */
export function findTool(name: string): Tool {
  const manifest = realpathSync(manifestOf(name, own));
  // A package manifest has a version: npm publishes none without.
  const { version } = own(manifest) as { readonly version: string };
  const marker = '/node_modules/';
  const modules = manifest.slice(0, manifest.indexOf(marker) + marker.length - 1);
  return { folder: dirname(manifest), version, modules };
}

/** The native program of a tool, from the platform package that npm installed beside it. */
export function findNativeProgram(tool: Tool, packagePrefix: string, program: string): string {
  const require = createRequire(join(tool.folder, 'package.json'));
  const suffixes = ['', '-gnu', '-musl'].map((libc) => `${process.platform}-${process.arch}${libc}`);
  for (const suffix of suffixes) {
    try {
      const path = join(dirname(require.resolve(`${packagePrefix}${suffix}/package.json`)), program);
      if (existsSync(path)) return realpathSync(path);
    } catch {
      // Not the package for this machine.
    }
  }
  throw new Error(
    `could not find ${packagePrefix}${suffixes[0]}: optional dependencies were not installed; run npm ci`,
  );
}

/** The manifest, also of packages that do not export it. */
function manifestOf(name: string, require: NodeJS.Require): string {
  for (const folder of require.resolve.paths(name) ?? []) {
    const path = join(folder, name, 'package.json');
    if (existsSync(path)) return path;
  }
  throw new Error(`could not find the package ${name}: run npm ci`);
}

/** A script of ours for a child: TypeScript when we run from source, JavaScript when built. */
export function childScript(name: string): string {
  const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
  return realpathSync(fileURLToPath(new URL(`./children/${name}${extension}`, import.meta.url)));
}
