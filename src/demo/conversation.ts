/** A pull request's page as data: what was posted, in the order in which it was posted. */
export interface Conversation {
  /** `owner/name`. */
  readonly repository: string;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly author: Person;
  readonly state: 'open' | 'closed';
  readonly baseRef: string;
  readonly headRef: string;
  readonly createdAt: string;
  /** Oldest first. */
  readonly commits: readonly Commit[];
  /** Oldest first. */
  readonly posts: readonly Post[];
  readonly checks: readonly Check[];
}

export interface Person {
  readonly login: string;
  readonly isBot: boolean;
}

export interface Commit {
  readonly sha: string;
  readonly title: string;
}

export type Post = Comment | Review;

interface Comment {
  readonly kind: 'comment';
  readonly author: Person;
  readonly body: string;
  readonly createdAt: string;
  readonly isEdited: boolean;
  /** As GitHub names them: `eyes`, `+1`. */
  readonly reactions: readonly string[];
}

export interface Review {
  readonly kind: 'review';
  readonly author: Person;
  readonly body: string;
  readonly createdAt: string;
  readonly comments: readonly ReviewComment[];
}

export interface ReviewComment {
  readonly author: Person;
  readonly path: string;
  /** Of the head, or of the base for the side LEFT; both ends included. Absent for a comment on the file. */
  readonly lines:
    | { readonly side: 'LEFT' | 'RIGHT'; readonly start: number; readonly end: number }
    | undefined;
  /** From the hunk's `@@` line to the commented line. */
  readonly diffHunk: string;
  readonly body: string;
}

export interface Check {
  readonly name: string;
  readonly status: 'queued' | 'in_progress' | 'completed';
  readonly conclusion: string | undefined;
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly annotations: readonly CheckAnnotation[];
  /** Labels of the buttons. */
  readonly actions: readonly string[];
}

export interface CheckAnnotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: string;
  readonly title: string;
  readonly message: string;
}
