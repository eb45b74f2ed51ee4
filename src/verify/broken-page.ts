import type { Difference } from './difference.ts';
import { withPictures } from './look.ts';
import type { Pair } from './pair.ts';
import type { StateContext } from './pictures/compare-pictures.ts';
import type { Navigation, Observation } from './ports.ts';
import { pathTemplate } from './site.ts';

/** A page that does not open on the head, and what is shown in its place. */
export interface PageState {
  readonly path: string;
  readonly navigation: Navigation;
  readonly context: StateContext;
  readonly observed: Pair<Observation>;
}

/**
 * The difference that a page of the head does not open.
 *
 * `newLinkOn` is the page of the head that alone links to it; then the base need not have the page.
 */
export function brokenPage(
  state: PageState,
  { hasBase, newLinkOn }: { readonly hasBase: boolean; readonly newLinkOn?: string },
): Difference {
  const why = whyNot(state.navigation);
  if (newLinkOn !== undefined) {
    return toDifference(state, {
      severity: 'medium',
      source: 'firsthand/page-broken',
      title: `${newLinkOn} links to a page that does not exist: ${state.path} (${why})`,
      body: 'Only the head has this link; the page does not open on the base either.',
    });
  }
  if (!hasBase) {
    return {
      ...toDifference(state, {
        severity: 'medium',
        source: 'firsthand/page-broken',
        title: `The page ${state.path} does not open: ${why}`,
        body: 'The page was opened in the browser on the head.',
      }),
      hasNoBase: true,
    };
  }
  return toDifference(state, {
    severity: 'high',
    source: 'firsthand/step-impossible',
    title: `The page ${state.path} no longer opens: ${why}`,
    body: 'A link leads to the page, and it opens on the base.',
  });
}

/** A page that opens on neither side: reported apart, because the head did not break it. */
export function brokenOnBoth(state: PageState): Difference {
  const difference = toDifference(state, {
    severity: 'low',
    source: 'firsthand/page-broken',
    title: `The page ${state.path} does not open, on the base neither: ${whyNot(state.navigation)}`,
    body: 'The page opens on neither side.',
  });
  return { ...difference, key: `${difference.key}|both`, isOnBase: true };
}

function toDifference(
  { path, navigation, context, observed }: PageState,
  said: Pick<Difference, 'severity' | 'source' | 'title' | 'body'>,
): Difference {
  return withPictures(
    {
      key: `page|${pathTemplate(path)}`,
      category: 'flow',
      ...said,
      title: said.title.slice(0, 200),
      expected: 'the page opens',
      actual: whyNot(navigation),
      steps: context.steps,
      url: observed.head.url,
      environment: context.environment,
    },
    observed.base,
    observed.head,
  );
}

function whyNot(navigation: Navigation): string {
  return navigation.kind === 'loaded' ? `it answers ${navigation.status}` : navigation.why;
}
