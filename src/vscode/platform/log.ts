import type { VtFeedsError } from '../../core/common/errors.ts';
import type { Redactor } from '../../core/common/redact.ts';
import { escapeUnsafe } from '../../core/common/sanitize.ts';

/** The part of VS Code's log output channel that is written to. */
export interface LogChannel {
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
  show(): void;
}

/** The log a person reads. Keys, tokens and signed links are taken out of everything that goes in. */
export class Log {
  constructor(
    private readonly channel: LogChannel,
    private readonly redactor: Redactor,
  ) {}

  info(text: string): void {
    this.channel.info(this.safe(text));
  }

  warn(text: string): void {
    this.channel.warn(this.safe(text));
  }

  /** `what` was being done when `error` came. What is expected to happen is a warning, without its stack. */
  error(what: string, error: VtFeedsError): void {
    const { code, message, facts, stack } = error;
    const said = facts.serviceMessage === undefined ? '' : ` (VirusTotal: ${facts.serviceMessage})`;
    const line = `${what}: [${code}] ${message}${said}`;
    if (code === 'internal' || code === 'disk') this.channel.error(this.safe(`${line}\n${stack ?? ''}`));
    else this.channel.warn(this.safe(line));
  }

  show(): void {
    this.channel.show();
  }

  private safe(text: string): string {
    return this.redactor.redact(text).split('\n').map(escapeUnsafe).join('\n');
  }
}
