import type { Plan } from "./plan.ts";
import { type Question, readQuestion } from "./question.ts";

/** What the person does next. */
export type Act = { type: "say"; text: string } | { type: "press"; data: string };

/**
 * A newcomer on the way to a case: start, language, agreement, the questions, send, no to naturalisation. Looks only at
 * the buttons of what comes, so it follows whatever is asked. The same message again changes nothing.
 */
export class Walk {
  readonly #plan: Plan;
  /** The latest question that was answered, and with what. */
  #answered: { token: number; value: string } = { token: -1, value: "" };
  readonly #said = new Set<string>();
  #changes = 0;
  #asksForPhone = false;
  isSent = false;
  isDone = false;

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /** How it begins. */
  first(): Act {
    return { type: "say", text: "/start" };
  }

  /** What follows on a message with these buttons (their data); undefined when it asks nothing new. */
  next(data: readonly string[]): Act | undefined {
    const question = readQuestion(data);
    if (!question) return data.length > 0 ? this.#sayPhone() : undefined;
    if (this.isDone || !this.#isNew(question)) return undefined;
    if (question.name === "home" && this.isSent) {
      this.isDone = true;
      return undefined;
    }
    const word = this.#plan.words[question.name];
    if (word !== undefined && !this.#said.has(question.name)) {
      this.#said.add(question.name);
      this.#answered = { token: question.token, value: "" };
      return { type: "say", text: word };
    }
    const value = this.#choose(question);
    this.#answered = { token: question.token, value };
    if (value === "send") this.isSent = true;
    this.#asksForPhone = question.name === "reach" && value === "phone";
    return { type: "press", data: `${question.token.toString(36)}:${value}` };
  }

  /** A switched choice or a turned page comes back with the same number, and without the button that was pressed. */
  #isNew({ token, values }: Question): boolean {
    const { token: before, value } = this.#answered;
    if (token !== before) return token > before;
    return /^([+-]|page:)/.test(value) && !values.includes(value);
  }

  #choose({ name, values }: Question): string {
    if (name === "needs") return this.#chooseNeed(values);
    if (name === "language") return firstOf([this.#plan.language, "en", "de"], values);
    if (name === "summary" && this.#changes < this.#plan.changes.length) return "change";
    if (name === "change") return firstOf([this.#plan.changes[this.#changes]?.question ?? "none"], values);
    const change = this.#plan.changes[this.#changes];
    if (this.isChanging && change?.question === name) return this.#takeChange(change.values, values);
    const wanted = this.#plan.answers[name];
    if (wanted !== undefined && values.includes(wanted)) return wanted;
    const page = values.find((value) => value.startsWith("page:"));
    return wanted !== undefined && page !== undefined ? page : firstOf([], values);
  }

  /** Whether the latest answer was which question to change. */
  get isChanging(): boolean {
    return this.#plan.changes[this.#changes]?.question === this.#answered.value;
  }

  #takeChange(wanted: string[], values: string[]): string {
    return firstOf([wanted[this.#changes++ % wanted.length] ?? ""], values);
  }

  #chooseNeed(values: string[]): string {
    const { needs, mistaken } = this.#plan;
    const isOn = (need: string) => values.includes(`-${need}`);
    const wrong = mistaken.find((need) => values.includes(`+${need}`) && !this.#said.has(need));
    if (wrong !== undefined) {
      this.#said.add(wrong);
      return `+${wrong}`;
    }
    const off = mistaken.find(isOn);
    if (off !== undefined) return `-${off}`;
    const on = needs.find((need) => values.includes(`+${need}`));
    return on === undefined ? "done" : `+${on}`;
  }

  #sayPhone(): Act | undefined {
    if (!this.#asksForPhone) return undefined;
    this.#asksForPhone = false;
    return { type: "say", text: "+49 5251 123456" };
  }
}

function firstOf(wanted: string[], values: string[]): string {
  const value = wanted.find((one) => values.includes(one)) ?? values.find((one) => !one.startsWith("page:"));
  if (value === undefined) throw new Error(`nothing to choose among ${values.join(", ")}`);
  return value;
}
