const FEED_TOKEN = /(\/feeds\/(?:files|file[-_]behaviours)\/)[A-Za-z0-9_%=-]{16,}/gu;
const URL_QUERY = /(https?:\/\/[^\s"'<>?#]+)[?#][^\s"'<>]*/gu;
const URL_USER = /(https?:\/\/)[^\s/@"'<>]+@/gu;

/** Takes secrets out of text: the keys it was told of, artifact tokens, signed queries, user names in links. */
export class Redactor {
  private readonly secrets = new Set<string>();

  /** From now on `secret` never passes; texts under 8 characters are too common to be taken out. */
  add(secret: string): void {
    if (secret.length >= 8) this.secrets.add(secret);
  }

  redact(text: string): string {
    let safe = text;
    for (const secret of this.secrets) safe = safe.replaceAll(secret, '<key>');
    return safe
      .replace(FEED_TOKEN, '$1<token>')
      .replace(URL_QUERY, '$1?<signed>')
      .replace(URL_USER, '$1<user>@');
  }
}
