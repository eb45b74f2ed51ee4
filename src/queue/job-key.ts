import { createHash } from 'node:crypto';

/**
 * The id of the job that `key` names: a UUID of version 8 (RFC 9562, section 5.8) from SHA-256, so that the same
 * key is the same job on every machine.
 */
export function jobId(key: string): string {
  const bytes = createHash('sha256').update(key).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
