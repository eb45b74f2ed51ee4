/** Who the app is at GitHub. */
export interface AppIdentity {
  readonly id: number;
  /** Its name in addresses; its comments are by `<slug>[bot]`. */
  readonly slug: string;
}

/** How the hidden marker begins that every comment and review body of ours carries. */
const OWN_MARKER_START = '<!-- firsthand:';

interface Authored {
  readonly body?: string | null;
  readonly user: { readonly login: string; readonly type?: string } | null;
  readonly performed_via_github_app?: { readonly id?: number } | null;
}

/**
 * Whether the app wrote the comment or review.
 *
 * It carries our marker, its author is a bot, and that bot is ours: by the id of the app, or by login where GitHub
 * names no app (reviews; older GitHub Enterprise Servers). Anyone can write the marker, so it proves nothing alone.
 */
export function isWrittenByApp(comment: Authored, app: AppIdentity): boolean {
  if (!comment.body?.includes(OWN_MARKER_START) || comment.user?.type !== 'Bot') return false;
  const appId = comment.performed_via_github_app?.id;
  return appId === undefined ? comment.user.login === `${app.slug}[bot]` : appId === app.id;
}
