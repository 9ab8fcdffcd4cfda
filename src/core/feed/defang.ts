/** Writes an indicator so that nothing makes a link of it: `hxxps[:]//evil[.]example/a`, `user[@]host`, `2001[:]db8[:][:]1`. */
export function defang(text: string): string {
  if (/^[0-9a-f]*(?::[0-9a-f]*){2,}(?:\/\d+)?$/iu.test(text)) return text.replaceAll(':', '[:]');
  return text
    .replace(/^h(tt|TT)p(?=s?:\/\/)/iu, (scheme, t: string) => scheme.replace(t, t === 'tt' ? 'xx' : 'XX'))
    .replace(/:(?=\/\/)/u, '[:]')
    .replace(/@/gu, '[@]')
    .replace(/\./gu, '[.]');
}
