import type { CDPSession } from 'playwright';
import type { AccessibilityViolation } from '../../verify/ports.ts';
import type { NavigationWatch } from '../watch-navigation.ts';
import type { UtilityWorld } from './utility-world.ts';

/** A part of the page, in CSS pixels from its corner. */
export interface Clip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A script that runs in the documents to come until it is ended. */
export interface FirstScript {
  end(): Promise<void>;
}

/**
 * What a tab needs beyond what Playwright's pages have: over the protocol of Chromium's developer tools where there is
 * one, by Playwright's own means elsewhere. What is absent cannot be done in that engine, and the report says so.
 */
export interface TabEngine {
  /** Absent in other engines than Chromium. */
  readonly cdp?: CDPSession;
  readonly navigation: NavigationWatch;
  readonly world: UtilityWorld;
  /** Runs a script in the page's own world, before those of every document to come, frames included. */
  runFirst(source: string): Promise<FirstScript>;
  /** Evaluates an expression in the page's own world and waits for its promise. */
  evaluate(expression: string): Promise<unknown>;
  cookieNames(): Promise<readonly string[]>;
  /** A PNG of a part of the page; `fits`: the whole page lies within the window. */
  shoot(clip: Clip, fits: boolean): Promise<Uint8Array>;
  /** Forgets what the documents of these origins stored, their cookies aside. */
  forget(origins: readonly string[]): Promise<unknown>;
  forgetHistory?(): Promise<unknown>;
  /** Whether there is a page to go to. */
  canGo?(where: 'back' | 'forward'): Promise<boolean>;
  audit?(): Promise<readonly AccessibilityViolation[] | undefined>;
  slowDown?(): Promise<unknown>;
}
