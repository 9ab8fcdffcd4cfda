/** Writes an indicator so that nothing makes a link of it: `hxxps[:]//evil[.]example/a`, `user[@]host`. */
export function defang(text: string): string {
  return text
    .replace(/^h(tt|TT)p(?=s?:\/\/)/iu, (scheme, t: string) => scheme.replace(t, t === 'tt' ? 'xx' : 'XX'))
    .replace(/:(?=\/\/)/u, '[:]')
    .replace(/@/gu, '[@]')
    .replace(/\./gu, '[.]');
}
