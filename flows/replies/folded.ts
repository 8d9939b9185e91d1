const arabicDigits = /[٠-٩۰-۹]/g;
const marks = /\p{M}/gu;
const apostrophes = /['’ʼ`´]/g;
const noWord = /[^\p{L}\p{N}]+/gu;

/**
 * Words without what people write differently: case, width, accents and vowel signs, Arabic digits, punctuation,
 * emoji. Words stay apart by one space.
 */
export function folded(words: string): string {
  return (
    digits(words.normalize("NFKC"))
      .toLowerCase()
      .normalize("NFD")
      .replace(marks, "")
      // Capital I is dotless in Turkish only.
      .replaceAll("ı", "i")
      .replaceAll("ß", "ss")
      // Keyboards have several apostrophes, and many people write none.
      .replace(apostrophes, "")
      .replace(noWord, " ")
      .trim()
  );
}

/** Writes Arabic and Persian digits as 0 to 9. */
export function digits(words: string): string {
  return words.replace(arabicDigits, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
}
