/** The block is what it should be. */
export const FINE: u32 = 0;
/** The input ended before the block did. */
export const TOO_SHORT: u32 = 1;
/** No block looks like this. */
export const DAMAGED: u32 = 2;
