import { CRC_TABLES } from './memory';

const POLYNOMIAL: u32 = 0x04c11db7;

/** Fills the tables for eight bytes at a time; table `k` carries a byte over `k` further ones. */
export function prepareCrc(): void {
  for (let byte: u32 = 0; byte < 256; byte++) {
    let value = byte << 24;
    for (let bit = 0; bit < 8; bit++) value = (value << 1) ^ (value >> 31 ? POLYNOMIAL : 0);
    store<u32>(CRC_TABLES + (byte << 2), value);
  }
  for (let at: u32 = 256; at < 2048; at++) {
    const before = load<u32>(CRC_TABLES + ((at - 256) << 2));
    store<u32>(CRC_TABLES + (at << 2), (before << 8) ^ load<u32>(CRC_TABLES + ((before >> 24) << 2)));
  }
}

function carried(table: u32, byte: u32): u32 {
  return load<u32>(CRC_TABLES + ((((table << 8) + (byte & 0xff)) as usize) << 2));
}

/** Goes on with a bzip2 check (CRC-32, highest bit first) over the bytes `from` up to `end`. */
export function updateCrc(crc: u32, from: usize, end: usize): u32 {
  let at = from;
  for (; at + 8 <= end; at += 8) {
    const low = load<u32>(at);
    const high = load<u32>(at, 4);
    crc =
      carried(7, (crc >> 24) ^ low) ^
      carried(6, (crc >> 16) ^ (low >> 8)) ^
      carried(5, (crc >> 8) ^ (low >> 16)) ^
      carried(4, crc ^ (low >> 24)) ^
      carried(3, high) ^
      carried(2, high >> 8) ^
      carried(1, high >> 16) ^
      carried(0, high >> 24);
  }
  for (; at < end; at++) crc = (crc << 8) ^ carried(0, (crc >> 24) ^ load<u8>(at));
  return crc;
}
