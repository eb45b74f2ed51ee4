import type { Finding } from '../domain/finding.ts';

/** The pictures of a finding that people are shown, in their order. The plain actual one gives way to the annotated. */
export function shownPictures(
  finding: Finding,
): readonly { readonly title: string; readonly picture: string }[] {
  const { expected, actual, diff, annotated } = finding.screenshots ?? {};
  return [
    { title: 'Expected (base)', picture: expected },
    { title: 'Actual (this pull request)', picture: annotated ?? actual },
    { title: 'Difference', picture: diff },
  ].flatMap(({ title, picture }) => (picture === undefined ? [] : [{ title, picture }]));
}
