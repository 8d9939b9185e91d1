const control = /[\p{Cc}\p{Cf}]+/gu;

/** Reads words as they are, in one line and without invisible characters; none, or too many, are no answer. */
export function parseWords(most: number) {
  return (words: string): string | undefined => {
    const said = words.replace(control, " ").replace(/\s+/g, " ").trim();
    return said.length === 0 || said.length > most || !/\p{L}/u.test(said) ? undefined : said;
  };
}
