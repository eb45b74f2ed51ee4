/** Instructions for one kind of reader. Raise `version` with every change of the text: what is remembered goes by it. */
export interface Prompt {
  readonly version: string;
  readonly text: string;
}
