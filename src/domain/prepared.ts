/** What is filled in: a calendar day, a clock time, somewhere to come to, an office with its hours, or a few words. */
export type FieldType = "day" | "time" | "where" | "office" | "text";

/** The messages that staff need not write themselves, with their fields. Their texts are at `prepared.<key>`. */
export const preparedFields = {
  bring_papers: { what: "text" },
  please_call: {},
  we_call: { day: "day", time: "time" },
  appointment: { day: "day", time: "time", where: "where" },
  appointment_moved: { day: "day", time: "time", where: "where" },
  which_day: {},
  did_it_work: { what: "text" },
  answer_question: { question: "text" },
  one_more_detail: { what: "text" },
  office_hours: { office: "office" },
  course_place: { course: "text", day: "day", where: "where" },
  papers_missing: { what: "text", day: "day" },
  answer_by: { day: "day" },
  closing: { day: "day" },
  goodbye: {},
} as const satisfies { [key: string]: { [field: string]: FieldType } };

export type PreparedKey = keyof typeof preparedFields;
export const preparedKeys = Object.keys(preparedFields) as PreparedKey[];

/** The fields of a prepared message, in order. */
export function fieldsOf(key: PreparedKey): { name: string; type: FieldType }[] {
  return Object.entries(preparedFields[key]).map(([name, type]) => ({ name, type }));
}

/** Longest words in a field. */
export const longestField = 300;

/** What is wrong with a field. */
export type FieldFault = "missing" | "long" | "past" | "invalid";
