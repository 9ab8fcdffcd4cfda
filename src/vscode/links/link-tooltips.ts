import { artifactInfo } from '../../core/feed/artifact.ts';
import { MINUTE_MS } from '../../core/feed/slot.ts';
import { momentText } from '../../core/feed/slot-text.ts';
import type { PlacedLink } from '../../core/reading/document-lines.ts';

type Linked = Pick<PlacedLink, 'target' | 'expiresAt'>;

/** What the links of a document say of themselves. Many say the same, so each text is made once. */
export class LinkTooltips {
  private readonly made = new Map<string, string>();

  /** `now` in Unix milliseconds. */
  constructor(private readonly now: number) {}

  of(link: Linked): string {
    const { target, expiresAt } = link;
    const end = expiresAt === undefined ? '' : String(Math.floor(expiresAt / MINUTE_MS));
    const key = `${target} ${end} ${String(this.isOver(link))}`;
    const tooltip = this.made.get(key) ?? this.make(link);
    this.made.set(key, tooltip);
    return tooltip;
  }

  private make(link: Linked): string {
    if (link.target === 'record') return 'Open this record';
    const { title, description } = artifactInfo(link.target);
    if (link.expiresAt === undefined) return `${title}: ${description}`;
    const end = momentText(link.expiresAt, this.now);
    return `${title}: ${description}. ${this.isOver(link) ? `The link ended ${end}` : `The link ends ${end}`}`;
  }

  private isOver({ expiresAt = Number.POSITIVE_INFINITY }: Linked): boolean {
    return expiresAt <= this.now;
  }
}
