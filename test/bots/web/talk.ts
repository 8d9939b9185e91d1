import type { IncomingMessage } from "../../../src/domain/channel.ts";
import type { RenderedMessage } from "../../../src/domain/prompt.ts";
import type { Talk } from "./service.ts";

type Line = { text: string; choices?: Record<string, string>; several?: boolean };

const english: Line[] = [
  { text: "Good morning. Which language?", choices: { en: "English", ar: "العربية" } },
  {
    text: "I am Lotse, the assistant of the integration service in **Kreis Paderborn**. I am a program; people work behind me.\nEverything here is voluntary and free. You decide what you tell us.",
    choices: {
      help: "I need help",
      date: "Just give me a date",
      where: "Where can I go?",
      data: "My data",
      person: "Talk to a person",
    },
  },
  {
    text: "2 of 9 · What is it about? You can choose several.",
    choices: {
      money: "Money and benefits",
      housing: "Housing",
      course: "German courses",
      work: "Work",
      school: "School, Kita",
      papers: "Papers for my stay",
      done: "Done",
    },
    several: true,
  },
  {
    text: "Someone will write to you here by Wednesday, 25 November. If you hear nothing by then, call 05251 000000 (example).\n\nIn an emergency:\n• Police 110\n• Ambulance 112\n\nMore: https://www.example.org/help.",
    choices: { yes: "Yes", no: "No" },
  },
  { text: "How can we reach you? Please write a phone number." },
];

const arabic: Line[] = [
  { text: "صباح الخير. بأي لغة؟", choices: { en: "English", ar: "العربية" } },
  {
    text: "أنا Lotse، مساعد خدمة الاندماج في **Kreis Paderborn**. أنا برنامج، ويعمل خلفي أشخاص.\nكل شيء هنا طوعي ومجاني. أنتم تقررون ما تخبروننا به.",
    choices: {
      help: "أحتاج إلى مساعدة",
      date: "موعد فقط",
      where: "إلى أين أذهب؟",
      data: "بياناتي",
      person: "التحدث مع شخص",
    },
  },
  {
    text: "٢ من ٩ · بماذا يتعلق الأمر؟ يمكنكم اختيار عدة إجابات.",
    choices: {
      money: "المال والإعانات",
      housing: "السكن",
      course: "دورات اللغة الألمانية",
      work: "العمل",
      school: "المدرسة والروضة",
      papers: "أوراق الإقامة",
      done: "تم",
    },
    several: true,
  },
  {
    text: "سيكتب لكم شخص هنا حتى يوم الأربعاء ٢٥ نوفمبر. إن لم يصلكم شيء، فاتصلوا بالرقم 05251 000000.\n\nفي حالة الطوارئ:\n• الشرطة 110\n• الإسعاف 112",
    choices: { yes: "نعم", no: "لا" },
  },
  { text: "كيف نصل إليكم؟ يُرجى كتابة رقم هاتف." },
];

/** A scripted conversation: five questions, one of them with several answers, in English and Arabic. */
export function scriptedTalk(): Talk {
  const people = new Map<string, { step: number; token: number; chosen: Set<string>; language: "en" | "ar" }>();
  return (message, reply) => {
    const known = people.get(message.address);
    const person = known ?? {
      step: 0,
      token: 0,
      chosen: new Set(),
      language: message.languageHint === "ar" ? "ar" : "en",
    };
    people.set(message.address, person);
    const lines = person.language === "ar" ? arabic : english;
    const ask = (updates?: string) => {
      const line = lines[person.step] ?? { text: "?" };
      if (!updates) person.token += 1;
      reply(render(line, person, updates));
    };
    const said = saidIn(message);
    if (said === "!menu") return { notice: "This is only a test." };
    if (message.content.type === "press" && !said.startsWith(`${person.token}:`)) {
      ask();
      return { notice: "That was an older question." };
    }
    const value = said.replace(/^\d+:/, "");
    if (/^[+-]/.test(value)) {
      if (value.startsWith("+")) person.chosen.add(value.slice(1));
      else person.chosen.delete(value.slice(1));
      ask(`q${person.token}`);
      return {};
    }
    if (message.content.type === "words" && person.step > 0)
      reply({ ...render({ text: `You wrote: ${said}` }, person), standing: [] });
    else if (message.content.type !== "start") person.step = Math.min(person.step + 1, lines.length - 1);
    ask();
    return {};
  };
}

function saidIn({ content }: IncomingMessage): string {
  if (content.type === "press") return content.data;
  return content.type === "words" ? content.text : "";
}

function render(
  line: Line,
  person: { token: number; chosen: Set<string>; language: "en" | "ar" },
  updates?: string,
): RenderedMessage {
  const { token, chosen, language } = person;
  const isArabic = language === "ar";
  const isQuestion = line.choices !== undefined || line.text.includes("?") || line.text.includes("؟");
  return {
    text: line.text,
    language,
    direction: isArabic ? "rtl" : "ltr",
    buttons: Object.entries(line.choices ?? {}).map(([value, label]) => {
      if (!line.several || value === "done") return { label, data: `${token}:${value}` };
      const isChosen = chosen.has(value);
      return { label, data: `${token}:${isChosen ? "-" : "+"}${value}`, chosen: isChosen };
    }),
    standing: [
      { label: isArabic ? "القائمة" : "Menu", data: "!menu" },
      { label: isArabic ? "مساعدة عاجلة" : "Urgent help", data: "!urgent" },
    ],
    links: [],
    multiple: line.several ?? false,
    ...(isQuestion && { token }),
    ...(updates && { updates }),
  };
}
