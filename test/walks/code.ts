const code = /\b[234679CDFHJKMNPQRTWXY]{2}-[234679CDFHJKMNPQRTWXY]{3}\b/;

/** Finds the code of a case, such as K7-42M, in a text. */
export function codeIn(text: string): string | undefined {
  return code.exec(text)?.[0];
}
