/** Everything one round measures, by name. */
export type Contenders<Name extends string, Result> = Readonly<Record<Name, () => Promise<Result>>>;

/**
 * Lets contenders run one after the other, round by round, every other round in reverse: what slows the machine for a
 * while slows all of them. Returns each one's results, one a round.
 */
export async function interleave<Name extends string, Result>(
  rounds: number,
  contenders: Contenders<Name, Result>,
): Promise<Record<Name, Result[]>> {
  const names = Object.keys(contenders) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Result[]>;
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed())
      results[name].push(await contenders[name]());
  }
  return results;
}
