/** Every command of the manifest. A test holds this list against package.json; the map's type asks for each. */
export const COMMAND_IDS = [
  'vtFeeds.setApiKey',
  'vtFeeds.clearApiKey',
  'vtFeeds.openBatch',
  'vtFeeds.openLatest',
  'vtFeeds.downloadBatch',
  'vtFeeds.cancelDownload',
  'vtFeeds.downloadRange',
  'vtFeeds.downloadLastHour',
  'vtFeeds.downloadLastSixHours',
  'vtFeeds.downloadLastDay',
  'vtFeeds.downloadDay',
  'vtFeeds.pauseRange',
  'vtFeeds.resumeRange',
  'vtFeeds.retryRange',
  'vtFeeds.cancelRange',
  'vtFeeds.removeRange',
  'vtFeeds.showRangeReport',
  'vtFeeds.followFeed',
  'vtFeeds.stopFollowing',
  'vtFeeds.openRecord',
  'vtFeeds.downloadArtifact',
  'vtFeeds.openArtifact',
  'vtFeeds.saveBatchAs',
  'vtFeeds.deleteBatch',
  'vtFeeds.clearStore',
  'vtFeeds.goToTime',
  'vtFeeds.refresh',
  'vtFeeds.useSampleFeeds',
  'vtFeeds.useVirusTotal',
  'vtFeeds.showLog',
] as const;

type CommandId = (typeof COMMAND_IDS)[number];

/** A command's function. It throws what goes wrong; one boundary catches. */
export type CommandHandler = (argument: unknown) => Promise<unknown>;

/** Handlers of some commands; all maps together have to name each command once. */
export type CommandMap<Id extends string = CommandId> = Readonly<Record<Id, CommandHandler>>;
