/** The reading itself broke, and not the repository that was read: whoever asked goes on without it. */
export class ReaderBroken extends Error {
  override readonly name = 'ReaderBroken';
}
