import { VtFeedsError, toVtFeedsError } from '../core/common/errors.ts';
import type { WireError } from './protocol.ts';

export function toWire(thrown: unknown): WireError {
  const error = toVtFeedsError(thrown);
  const causes: string[] = [];
  for (let at: unknown = error; at instanceof Error && causes.length < 5; at = at.cause)
    causes.push(at.stack ?? '');
  return { code: error.code, message: error.message, facts: error.facts, stack: causes.join('\ncaused by ') };
}

export function fromWire({ code, message, facts, stack }: WireError): VtFeedsError {
  const error = new VtFeedsError(code, message, facts);
  error.stack = stack;
  return error;
}
