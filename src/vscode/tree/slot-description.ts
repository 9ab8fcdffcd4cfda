import { percentOf } from '../../core/catalog/slot-state.ts';
import type { SlotState } from '../../core/catalog/slot-state.ts';
import { recordsText, sizeText } from '../../core/catalog/size-text.ts';
import { momentText } from '../../core/feed/slot-text.ts';

/** What a slot's node says beside its time. */
export function describeState(state: SlotState, now: number): string {
  switch (state.state) {
    case 'notYet':
      return `available at ${momentText(state.availableAt, now)}`;
    case 'available':
      return '';
    case 'tooOld':
      return 'no longer served';
    case 'queued':
      return 'waiting…';
    case 'downloading': {
      const percent = percentOf(state);
      return percent === undefined
        ? `downloading ${sizeText(state.received)}`
        : `downloading ${String(percent)}%`;
    }
    case 'stored':
      return `${recordsText(state.records)} · ${sizeText(state.bytes)}${state.linksExpired ? ' · links expired' : ''}`;
    case 'missing':
      return 'no batch';
    case 'failed':
      return `failed: ${state.error.message.split(/\.(?= |$)| \(/u)[0] ?? ''}`;
  }
}

/** The whole story of a slot, for its tooltip: a sentence or two. */
export function explainState(state: SlotState, now: number): string {
  switch (state.state) {
    case 'notYet':
      return `Not available yet: it will be at ${momentText(state.availableAt, now)}.`;
    case 'available':
      return 'Available. Click to download and open it.';
    case 'tooOld':
      return 'No longer served: batches can be downloaded for 7 days.';
    case 'queued':
      return 'Waits for another download to end.';
    case 'downloading':
      return `Downloading: ${sizeText(state.received)}${state.total === undefined ? '' : ` of ${sizeText(state.total)}`}.`;
    case 'stored':
      return (
        `Downloaded: ${recordsText(state.records)}, ${sizeText(state.bytes)} on disk.` +
        (state.linksExpired ? ' Its artifact links have ended: they live for 7 days.' : '')
      );
    case 'missing':
      return 'No batch was generated for this minute; nothing is lost.';
    case 'failed':
      return state.error.message;
  }
}
