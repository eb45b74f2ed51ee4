import type { Conversation } from './conversation.ts';

/** Larger pictures, and those beyond the total, are named but not shown: the page must stay easy to open. */
const MAX_PICTURE_BYTES = 4_000_000;
const MAX_TOTAL_BYTES = 30_000_000;

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Fetches the pictures that the conversation's comments show from `serverUrl`, and nowhere else, and returns each as a
 * `data:` address by its address. What cannot be fetched or is no PNG is left out.
 */
export async function inlinePictures(
  conversation: Conversation,
  serverUrl: string,
  fetchPicture: (address: string) => Promise<Uint8Array | undefined>,
): Promise<ReadonlyMap<string, string>> {
  const pictures = new Map<string, string>();
  let total = 0;
  for (const address of pictureAddresses(conversation, serverUrl)) {
    const bytes = await fetchPicture(address);
    if (bytes === undefined || bytes.length > MAX_PICTURE_BYTES || total + bytes.length > MAX_TOTAL_BYTES)
      continue;
    if (!PNG_SIGNATURE.equals(bytes.subarray(0, PNG_SIGNATURE.length))) continue;
    total += bytes.length;
    pictures.set(address, `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`);
  }
  return pictures;
}

function pictureAddresses(conversation: Conversation, serverUrl: string): ReadonlySet<string> {
  const bodies = conversation.posts.flatMap((post) =>
    post.kind === 'comment' ? [post.body] : [post.body, ...post.comments.map((comment) => comment.body)],
  );
  const texts = [conversation.body, ...bodies].join('\n');
  const addresses = texts.match(/https?:\/\/[^\s"'<>()]+/g) ?? [];
  return new Set(
    addresses
      .map((address) => address.replaceAll('&amp;', '&'))
      .filter((address) => address.startsWith(`${serverUrl}/`) && new URL(address).pathname.endsWith('.png')),
  );
}
