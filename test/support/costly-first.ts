import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Where tests take longest: they start the App, then browsers, then databases. */
const COSTLY = [
  /^test\/e2e\//,
  /^test\/verify\/(?:login\/|shrink\/)?[^/]+$/,
  /^test\/(?:queue|cli|browser)\//,
  /^test\/(?:storage|demo|analysers)\//,
];

/**
 * Begins with the folders whose tests take longest, so that no worker is left alone with one of them at the end. Within
 * a folder, and after them, files go as Vitest orders them: by how long they took, or by their size when it does not know.
 */
export class CostlyFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification): number => {
      const path = relative(this.ctx.config.root, moduleId);
      const index = COSTLY.findIndex((folder) => folder.test(path));
      return index === -1 ? COSTLY.length : index;
    };
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}
