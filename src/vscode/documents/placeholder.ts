import { feedInfo } from '../../core/feed/feed.ts';
import { slotText } from '../../core/feed/slot-text.ts';
import type { DocumentAddress } from '../../core/render/document-address.ts';

/** Says in the document itself why there is nothing to read, as JSON so that its language stays true. */
export function placeholder({ batch }: DocumentAddress, problem: string | undefined): string {
  const what = `${feedInfo(batch.feed).title} ${slotText(batch.slot)} UTC`;
  const sentence =
    problem ?? `${what} is not in the store. Click "Download it again" above this line to fetch it.`;
  // No second line: an editor that was scrolled down has to come back to this one.
  return JSON.stringify({ vt_feeds: sentence });
}
