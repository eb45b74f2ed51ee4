/** One request that the fake received. */
export interface LoggedRequest {
  /** GitHub's name of the operation; `graphql/…`, `git/upload-pack` and `web/…` for what is not REST. */
  readonly operationId: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly body: unknown;
  /** `anonymous`, `app`, `installation`, `user`, or `refused` when the credentials were no good. */
  readonly caller: string;
  /** What was answered; 0 while it was not, or when the connection was broken on purpose. */
  status: number;
}
