/** Roots of made-up vendor names; no real company is meant. */
// prettier-ignore
const ROOTS = [
  'Abelmoor', 'Bramholt', 'Corvane', 'Delsmere', 'Elthorn', 'Fennwick', 'Gormley Vale', 'Halvard', 'Isenbrook', 'Jorvale',
  'Keltmark', 'Lummen', 'Morvath', 'Narsholm', 'Osterby', 'Pellwyn', 'Quorrel', 'Ruskhaven', 'Sornheim', 'Tarnwell',
  'Ulvstead', 'Veskor', 'Wyndmere', 'Xantholm', 'Yarrowby', 'Zellbrook', 'Ashgrim', 'Birkvale', 'Cragfell', 'Dunholme',
  'Eskdorn', 'Farnholt', 'Grimsell', 'Hexley Down', 'Ivelmoor', 'Kirnwood', 'Lorvane', 'Mosswick', 'Nethrop', 'Orrinfell',
  'Pikestow', 'Ravensby', 'Skelmoor', 'Thornwick', 'Uffholm', 'Vandrell',
] as const;

export interface Engine {
  readonly name: string;
  /** How this engine writes the name of a threat. */
  readonly style: number;
}

const enginesNamed = (endings: readonly string[]): readonly Engine[] =>
  endings
    .flatMap((ending) => ROOTS.map((root) => `${root}${ending}`))
    .map((name, style) => ({ name, style }));

/** Engines that judge files: as many as real records have (73 to 79). */
export const FILE_ENGINES = enginesNamed(['', ' AV']).slice(0, 76);

/** Engines that judge URLs, domains and addresses: as many as real records have (66 to 98). */
export const WEB_ENGINES = enginesNamed([' Web', ' Blocklist']);
