import { expect, test } from 'vitest';
import { changedLines, changedPaths } from '../../src/domain/diff.ts';
import { parseDiff } from '../../src/domain/parse-diff.ts';

const diff = parseDiff(`diff --git a/src/old.css b/src/new.css
similarity index 90%
rename from src/old.css
rename to src/new.css
--- a/src/old.css
+++ b/src/new.css
@@ -4,3 +4,4 @@
 .a {}
-.price { color: black }
+.price { color: white }
+.offer { color: white }
 .b {}
`);

test('a changed line stands on the side that has it, under the name that the file has there', () => {
  expect(changedLines(diff)).toEqual([
    { path: 'src/old.css', line: 5, text: '.price { color: black }' },
    { path: 'src/new.css', line: 5, text: '.price { color: white }' },
    { path: 'src/new.css', line: 6, text: '.offer { color: white }' },
  ]);
});

test('both names of a renamed file count as touched', () => {
  expect(changedPaths(diff)).toEqual(['src/new.css', 'src/old.css']);
});
