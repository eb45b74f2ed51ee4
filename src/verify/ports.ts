/** Keeps the pictures and tests that a run produces. */
export interface ArtifactStore {
  /** Keeps `bytes` under `name` (a relative path of letters, digits, `-`, `_`, `.` and `/`). Overwrites. */
  write(name: string, bytes: Uint8Array): Promise<void>;
}

/** Looks up the value of a secret that the configuration names. */
export interface SecretSource {
  /** The value, or `undefined` when none is stored under that name. */
  find(name: string): Promise<string | undefined>;
}
