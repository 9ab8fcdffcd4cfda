import { recordsText, sizeText } from '../catalog/size-text.ts';
import { feedInfo } from '../feed/feed.ts';
import { slotText } from '../feed/slot-text.ts';
import { durationText } from './duration-text.ts';
import { Ledger } from './ledger.ts';
import type { Stretch } from './ledger.ts';
import { problemIn } from './range-phase.ts';
import { spanText } from './range-request.ts';
import type { RangeRecord } from './range-record.ts';
import { reportOf } from './range-report.ts';

/** The report in a sentence or two. */
export function reportSentence(record: RangeRecord): string {
  const { downloaded, alreadyStored, missing, failed, left, milliseconds } = reportOf(record);
  const parts = [
    `${minutesText(downloaded)} downloaded`,
    ...(alreadyStored > 0 ? [`${String(alreadyStored)} already in the store`] : []),
    ...(missing > 0 ? [`${String(missing)} without a batch`] : []),
    ...(failed > 0 ? [`${String(failed)} failed`] : []),
    ...(left > 0 ? [`${String(left)} left`] : []),
  ];
  const size = `${recordsText(record.records)}, ${sizeText(record.bytes)} on disk`;
  return `${rangeTitle(record)}: ${parts.join(', ')}. ${size}, in ${durationText(milliseconds)}.`;
}

/** The whole report, for a document. */
export function reportText(record: RangeRecord): string {
  const { request, phase, records, bytes } = record;
  const { downloaded, alreadyStored, missing, failed, left, milliseconds } = reportOf(record);
  const ledger = Ledger.parse(request, record.ledger) ?? Ledger.blank(request);
  const problem = problemIn(phase);
  const rows = [
    ['Downloaded', minutesText(downloaded)],
    ['Already in the store', minutesText(alreadyStored)],
    ['Without a batch', minutesText(missing)],
    ['Failed', minutesText(failed)],
    ...(left > 0 ? [['Left', minutesText(left)]] : []),
    ['Records', records.toLocaleString('en-US')],
    ['Size on disk', sizeText(bytes)],
    ['Time', durationText(milliseconds)],
  ];
  return [
    `${rangeTitle(record)}, all times UTC`,
    ...(problem === undefined ? [] : ['', problem.sentence]),
    '',
    ...rows.map(([name = '', value = '']) => `  ${name.padEnd(22)}${value}`),
    ...section('Without a batch: none was generated, and nothing is lost', [
      ...ledger.stretches('missing', 'acceptedMissing', 'knownMissing').map(stretchText),
    ]),
    ...record.failures.flatMap(({ sentence, minutes }) =>
      section(`Failed: ${sentence}`, minutes.map(slotText)),
    ),
    ...section('Left', ledger.stretches('pending').map(stretchText)),
    ...section('Downloaded', ledger.stretches('downloaded').map(stretchText)),
    '',
  ].join('\n');
}

/** `Files 2026-11-22 09:00 to 10:59`. */
export function rangeTitle({ request }: Pick<RangeRecord, 'request'>): string {
  return `${feedInfo(request.feed).title} ${spanText(request)}`;
}

/** `1 minute`, `1,440 minutes`. */
export function minutesText(minutes: number): string {
  return `${minutes.toLocaleString('en-US')} minute${minutes === 1 ? '' : 's'}`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function stretchText(stretch: Stretch): string {
  const count = stretch.fates.length;
  return count === 1 ? slotText(stretch.from) : `${spanText(stretch)} (${minutesText(count)})`;
}
