const MASK = 0x2a;
/** The EICAR test file with every byte masked: no antivirus shall meet it in a file that is shipped. */
const MASKED = 'ch9lC3oPamt6cR52enByHx4CenQDHWlpAx1XDm9jaWt4B3l+a2Rua3huB2tkfmN8Y3h/eQd+b3l+B2xjZm8LDmIBYgA=';

/** The 68 bytes of the EICAR test file, which every antivirus takes for a virus by agreement (eicar.org). */
export function eicarFile(): Buffer<ArrayBuffer> {
  const file = Buffer.from(MASKED, 'base64');
  return file.map((byte) => byte ^ MASK) as Buffer<ArrayBuffer>;
}
