/** The format allows 20; bzip2 itself writes at most 17. */
const LONGEST_CODE = 17;

/**
 * Lengths of the Huffman codes for symbols of these frequencies, 1 to 17 bits.
 * Every symbol gets a code, one that never occurs too.
 */
export function codeLengths(frequencies: Int32Array): Uint8Array {
  let weights = Float64Array.from(frequencies, (count) => Math.max(count, 1));
  for (;;) {
    const lengths = huffman(weights);
    if (lengths.every((length) => length <= LONGEST_CODE)) return lengths;
    weights = weights.map((weight) => Math.ceil(weight / 2));
  }
}

/** Joins the two lightest until one is left: leaves wait in order of weight, joined nodes in order of making. */
function huffman(weights: Float64Array): Uint8Array {
  const leaves = weights.length;
  const nodes = 2 * leaves - 1;
  const weight = new Float64Array(nodes);
  const parent = new Int32Array(nodes);
  const order = Int32Array.from(weights.keys()).sort((a, b) => (weights[a] ?? 0) - (weights[b] ?? 0));
  order.forEach((symbol, place) => (weight[place] = weights[symbol] ?? 0));
  let leaf = 0;
  let joined = leaves;
  for (let node = leaves; node < nodes; node++) {
    for (let side = 0; side < 2; side++) {
      const takeLeaf = leaf < leaves && (joined >= node || (weight[leaf] ?? 0) <= (weight[joined] ?? 0));
      const child = takeLeaf ? leaf++ : joined++;
      weight[node] = (weight[node] ?? 0) + (weight[child] ?? 0);
      parent[child] = node;
    }
  }
  const depth = new Uint8Array(nodes);
  for (let node = nodes - 2; node >= 0; node--) depth[node] = (depth[parent[node] ?? 0] ?? 0) + 1;
  const lengths = new Uint8Array(leaves);
  order.forEach((symbol, place) => (lengths[symbol] = depth[place] ?? 0));
  return lengths;
}

/** The canonical codes of these lengths: shorter first, equal ones by symbol. */
export function canonicalCodes(lengths: Uint8Array): Int32Array {
  const codes = new Int32Array(lengths.length);
  let code = 0;
  for (let length = 1; length <= LONGEST_CODE; length++, code <<= 1) {
    lengths.forEach((own, symbol) => {
      if (own === length) codes[symbol] = code++;
    });
  }
  return codes;
}
