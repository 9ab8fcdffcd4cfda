import * as vscode from 'vscode';
import type { Catalog } from '../../core/catalog/catalog.ts';
import { cancelled } from '../../core/common/errors.ts';
import { sanitizeForUi } from '../../core/common/sanitize.ts';
import { artifactInfo } from '../../core/feed/artifact.ts';
import type { ArtifactKind } from '../../core/feed/artifact.ts';
import type { BatchId } from '../../core/feed/batch-id.ts';
import { FEEDS, feedInfo } from '../../core/feed/feed.ts';
import type { Feed } from '../../core/feed/feed.ts';
import type { RecordFacts } from '../../core/feed/record-facts.ts';
import type { Slot } from '../../core/feed/slot.ts';
import { slotText } from '../../core/feed/slot-text.ts';
import { TIME_INPUT_HELP, parseTimeInput } from '../../core/feed/time-input.ts';
import { availability } from '../../core/feed/window.ts';
import { describeState } from '../tree/slot-description.ts';

/** Asks for what a command was not told. Each question that is dismissed ends the command with `cancelled`. */
export class Prompts {
  constructor(private readonly catalog: Catalog) {}

  async feed(feeds: readonly Feed[] = FEEDS): Promise<Feed> {
    const items = feeds.map((feed) => {
      const unlicensed = this.catalog.licenceOf(feed) === 'unlicensed';
      const { title, description } = feedInfo(feed);
      return { label: title, description: unlicensed ? 'no licence' : '', detail: description, feed };
    });
    return answered(await vscode.window.showQuickPick(items, { title: 'Feed', placeHolder: 'Which feed?' }))
      .feed;
  }

  /** A minute or hour; one that is not served now is refused while it is typed, unless it is stored. */
  async time(feed: Feed): Promise<Slot> {
    const typed = await vscode.window.showInputBox({
      title: `${feedInfo(feed).title}: time in UTC`,
      prompt: TIME_INPUT_HELP,
      value: 'latest',
      validateInput: (text) => this.timeProblem(feed, text),
    });
    const slot = parseTimeInput(answered(typed), Date.now());
    return answered(slot);
  }

  async batch(
    { feed, slot }: { readonly feed?: Feed; readonly slot?: Slot },
    feeds?: readonly Feed[],
  ): Promise<BatchId> {
    const chosen = feed ?? (await this.feed(feeds));
    return { feed: chosen, slot: slot ?? (await this.time(chosen)) };
  }

  async record(records: readonly RecordFacts[]): Promise<RecordFacts> {
    const items = records.map((facts) => {
      const { id, name, url, sandbox, detections, type } = facts.summary;
      const label = sanitizeForUi(String(name ?? url ?? sandbox ?? id ?? facts.id), 100);
      const description = [detections, type].filter((part) => part !== undefined).join(' · ');
      return {
        label,
        description: sanitizeForUi(description),
        detail: label === facts.id ? '' : sanitizeForUi(facts.id, 140),
        facts,
      };
    });
    const options = {
      title: 'Record',
      placeHolder: 'Type a name or a hash',
      matchOnDetail: true,
      matchOnDescription: true,
    };
    return answered(await vscode.window.showQuickPick(items, options)).facts;
  }

  async artifact(kinds: readonly ArtifactKind[]): Promise<ArtifactKind> {
    const items = kinds.map((kind) => {
      const { title, description } = artifactInfo(kind);
      return { label: title, detail: description, artifact: kind };
    });
    return answered(await vscode.window.showQuickPick(items, { title: 'Artifact' })).artifact;
  }

  private timeProblem(feed: Feed, text: string): string | undefined {
    const now = Date.now();
    const slot = parseTimeInput(text, now);
    if (slot === undefined) return `Not a time. Write ${TIME_INPUT_HELP}.`;
    const due = availability(slot, now);
    if (this.catalog.hasParts({ feed, slot }) || due.state === 'available') return undefined;
    return due.state === 'notYet'
      ? `${slotText(slot)} is ${describeState({ state: 'notYet', availableAt: due.availableAt }, now)}.`
      : `${slotText(slot)} is too old: batches are served for 7 days.`;
  }
}

function answered<T>(answer: T | undefined): T {
  if (answer === undefined) throw cancelled();
  return answer;
}
