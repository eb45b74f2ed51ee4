import type { Diagnostic } from '../../review/ports.ts';
import type { EVERYTHING, Origin, Taint, Value } from './value.ts';

/** What a person reads about a rule. */
export type RuleText = NonNullable<Diagnostic['text']>;

/** A place where a program does something: calls, writes, sets an attribute, names a property. */
export interface Site {
  readonly kind:
    | 'call'
    | 'write'
    | 'attribute'
    | 'property'
    | 'variable'
    | 'regex'
    | 'test'
    | 'text'
    | 'return';
  /** The path of what is called or written, such as `child_process.exec`; of an attribute, `a.href`. */
  readonly name: string;
  /** The same as the code spells it. */
  readonly spelled: string;
  /** The arguments of a call; of the other kinds, the one value. */
  readonly args: readonly Value[];
  /** What the method is called on, or written to. */
  readonly receiver: Value;
  readonly isNew: boolean;
  /** It is in the body of a `while`, and so happens until the condition no longer holds. */
  readonly isRepeated: boolean;
  /** What chose the method that is called, when it is looked up under a computed name. */
  readonly key: Value | undefined;
  /** The code of the call or value. */
  readonly code: string;
  /** The code of the function around it, or of the file. */
  readonly around: () => string;
  /** The conditions that were asked on the way here, outermost first. */
  readonly conditions: readonly string[];
  /** The names of the function and of the variable or property around it, as hints to what it is for. */
  readonly purpose: string;
}

/** Where a rule looks. Patterns are those of `namePattern`. */
export interface Places {
  readonly calls?: readonly string[];
  /** Properties that are assigned to, such as `**.innerHTML`. */
  readonly writes?: readonly string[];
  /** Attributes of JSX, as `element.attribute`. */
  readonly attributes?: readonly string[];
  /** Properties in object literals, by name. */
  readonly properties?: readonly string[];
  /** Variables that are declared, by name. */
  readonly variables?: readonly string[];
  /** What functions give that are handed to these calls. */
  readonly returns?: readonly string[];
  /** Regular expressions, in whichever way they are written. */
  readonly regexes?: boolean;
  /** Texts that are put together, in templates and with `+`. */
  readonly texts?: boolean;
  /** Comparisons with `==` and `===`; the two sides are the arguments. */
  readonly comparisons?: boolean;
}

/** A place that data from outside must not reach. */
export interface Sink extends Places {
  /** Which arguments; the first when absent. */
  readonly args?: readonly number[] | 'all';
  /** When the argument is an object: the fields of it that matter. */
  readonly fields?: readonly string[];
  /** Data passes here on its way: no finding of its own where it goes on to do harm. */
  readonly isStep?: boolean;
  /** Data anywhere inside of the argument counts. */
  readonly isDeep?: boolean;
  /** The least that is known of the data: a request sent it, a caller outside gave it, or it is just no literal. */
  readonly from: 'outside' | 'parameter' | 'unknown';
  readonly when?: (site: Site) => boolean;
  /** Whether this data at this place in the value does harm. */
  readonly accepts?: (taint: Taint, value: Value, site: Site) => boolean;
  /** For `unknown`: whether the value, of which nothing else is known, is one to report. */
  readonly acceptsUnknown?: (value: Value) => boolean;
}

/** A place that is wrong in itself. */
export interface Check extends Places {
  readonly when: (site: Site) => boolean;
}

/** One rule: a weakness, where it shows, what removes it, what is said about it, and examples, which are its tests. */
export interface Weakness {
  readonly id: string;
  /** https://cwe.mitre.org */
  readonly cwe: number;
  readonly text: RuleText;
  readonly sinks?: readonly Sink[];
  readonly checks?: readonly Check[];
  /** Calls whose result can no longer cause it. */
  readonly sanitisers?: readonly string[];
  /** What guards and general sanitisers establish that rules it out. */
  readonly clearedBy?: readonly Assurance[];
  /** Programs with it, and like ones without it. */
  readonly bad: readonly string[];
  readonly good: readonly string[];
}

/** What a guard or sanitiser can establish about data. */
export const ASSURANCES = [
  'url-encoded',
  'html-escaped',
  'shell-quoted',
  'base-name',
  /** Compared with the start of a folder, after being resolved. */
  'inside-folder',
  /** Known to begin as the program says, so that it cannot begin elsewhere. */
  'known-start',
  /** Known to hold no `..`. */
  'no-dots',
  /** Known not to begin at the root. */
  'not-absolute',
  /** Known to begin with a scheme and a host. */
  'known-host',
  'known-scheme',
  'local-path',
  /** Begins with one slash; a second may follow. */
  'slash',
  'not-double-slash',
  'is-string',
  /** Known to be an object, and so no text. */
  'is-object',
  /** Known to name a file that is there. */
  'exists',
  'no-line-breaks',
  'quotes-escaped',
  /** Resolved, so that it has no `..` left in it. */
  'resolved',
  'bounded-length',
  'plain-key',
  /** The signs of regular expressions have a backslash in front. */
  'regex-escaped',
] as const;
export type Assurance = (typeof ASSURANCES)[number];

/** A name under which data from outside is found. */
export interface Source {
  readonly names: readonly string[];
  readonly origin: Origin;
}

/** What a function is called with by a framework. */
export interface Role {
  /** The name that the parameter's value gets, which sources speak about. */
  readonly gives: string;
  /** Names of parameters that tell. */
  readonly parameter?: RegExp;
  /** Names of their types that tell. */
  readonly type?: RegExp;
  /** Decorators that tell. */
  readonly decorator?: RegExp;
  /** Calls that are given the function, and the position of the parameter. */
  readonly registeredBy?: readonly string[];
  readonly position?: number;
  /** Names under which the function is exported or declared. */
  readonly functionName?: RegExp;
  readonly requires?: RegExp;
}

/** Functions after which data is harmless in some way, whatever it held. */
export interface Sanitiser {
  readonly calls: readonly string[];
  readonly assures: readonly (Assurance | typeof EVERYTHING)[];
}

/** What is known of what is written in a language, beside the weaknesses. */
export interface Vocabulary {
  readonly sources: readonly Source[];
  readonly roles: readonly Role[];
  readonly propagators: readonly string[];
  readonly sanitisers: readonly Sanitiser[];
}
