/** Finds texts in data that lack a language. A text is known by having German. One line per fault, with its field. */
export function languageFaults(languages: string[], data: unknown, path: string[] = []): string[] {
  if (typeof data !== "object" || data === null) return [];
  if ("de" in data && typeof data.de === "string") {
    return languages
      .filter((language) => !(language in data))
      .map((language) => `${path.join(".")}: no text in ${language}`);
  }
  return Object.entries(data).flatMap(([key, value]) => {
    const id = typeof value === "object" && value !== null && "id" in value ? String(value.id) : key;
    return languageFaults(languages, value, [...path, id]);
  });
}
