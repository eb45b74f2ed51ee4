/** What a page shows that matters to somebody who wants to log in: its fields, what can be pressed, and its words. */
export interface LoginPage {
  readonly url: string;
  readonly title: string;
  /** In document order, frames after the page that holds them. */
  readonly controls: readonly LoginControl[];
  /** Visible text, frames and open shadow roots included, at most some ten thousand characters. */
  readonly text: string;
  /** A check for robots that a person would have to solve is on the page. */
  readonly hasCaptcha: boolean;
  /** The page, or one of its frames, did not answer: what stands here is not all, and means nothing by its absence. */
  readonly isPartial: boolean;
  /** Changes whenever cookies or storage change; says nothing about their content. */
  readonly storageDigest: string;
}

/** One field, button or link. */
export interface LoginControl {
  /** Means the element until the next reading. */
  readonly ref: string;
  readonly kind: 'field' | 'button' | 'link';
  /** The type of an input or a button, in small letters: `password`, `text`, `submit` … */
  readonly type: string;
  readonly autocomplete: string;
  /** What people do not see: the name and the id. */
  readonly names: string;
  /** What people see: labels, accessible name, placeholder, for buttons their text. */
  readonly label: string;
  /** The text beside a field, for labels that are not tied to it. */
  readonly near: string;
  readonly maxLength: number;
  /** Numbers of the elements that contain it, the nearest first. */
  readonly path: readonly number[];
  /** Number of the form that it belongs to; absent when it is in none. */
  readonly form?: number;
  readonly isVisible: boolean;
  /** Transparent, hidden from assistive technology or beside the page, as traps for robots are. */
  readonly isFaint: boolean;
  readonly isDisabled: boolean;
  readonly isFilled: boolean;
  /** Where a link leads. */
  readonly href?: string;
}

/** How a control is pressed: as a person would, by the page's own `click()`, or by Enter in it. */
export type Pressing = 'pointer' | 'script' | 'enter';
/** A message as far as a login needs it. */
export interface Mail {
  readonly subject: string;
  /** The words of the message, its HTML reduced to text. */
  readonly text: string;
  /** Addresses that it links to, in order. */
  readonly links: readonly string[];
}

/** Receives messages to the addresses at which runs expect some. */
export interface MailSink {
  /**
   * Takes messages to `address` from now on, until the mailbox is closed. Waits while somebody else has it open: whose
   * code it is could not be told. Rejects with the signal's reason.
   */
  open(address: string, signal: AbortSignal): Promise<Mailbox>;
}

/** What has arrived at one address since it was opened. */
export interface Mailbox {
  /** The oldest message that was not taken yet; `undefined` when none comes within `limitMs`. */
  next(limitMs: number, signal: AbortSignal): Promise<Mail | undefined>;
  close(): void;
}
