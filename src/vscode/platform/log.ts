import type * as vscode from 'vscode';
import type { VtFeedsError } from '../../core/common/errors.ts';
import type { Redactor } from '../../core/common/redact.ts';
import { escapeUnsafe } from '../../core/common/sanitize.ts';

/** The log a person reads. Keys, tokens and signed links are taken out of everything that goes in. */
export class Log {
  constructor(
    private readonly channel: vscode.LogOutputChannel,
    private readonly redactor: Redactor,
  ) {}

  info(text: string): void {
    this.channel.info(this.safe(text));
  }

  warn(text: string): void {
    this.channel.warn(this.safe(text));
  }

  debug(text: string): void {
    this.channel.debug(this.safe(text));
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
