import { z } from "zod";
import type { Content } from "../chat.ts";
import { autoEntities, cleanText } from "../text/plain-text.ts";
import { unixTime, type World } from "../world.ts";

/** What a person can send besides words. */
export const contentKind = z.enum([
  "photo",
  "document",
  "voice",
  "video",
  "sticker",
  "location",
  "contact",
  "poll",
  "forwarded",
]);

/** Details that matter to a test; all have a preset. */
export type ContentDetails = {
  text?: string | undefined;
  caption?: string | undefined;
  file_name?: string | undefined;
  phone_number?: string | undefined;
};

/** Makes the part of a message that its kind is about. */
export function makeContent(
  world: World,
  sender: number,
  kind: z.output<typeof contentKind>,
  {
    text = "words of somebody else",
    caption,
    file_name: fileName,
    phone_number: phone = "49000000000",
  }: ContentDetails,
): Content {
  const file = (name: string, mime_type: string) => {
    const { data, ...ids } = world.addFile({ file_name: fileName ?? name, mime_type, data: Buffer.from("content") });
    return { ...ids, file_size: data.length };
  };
  const withCaption = caption === undefined ? {} : { caption, ...entitiesOf(caption, "caption_entities") };
  switch (kind) {
    case "photo": {
      const { file_name: _, mime_type: __, ...photo } = file("photo.jpg", "image/jpeg");
      return {
        photo: [
          { ...photo, width: 90, height: 67 },
          { ...photo, width: 1280, height: 960 },
        ],
        ...withCaption,
      };
    }
    case "document":
      return { document: file("letter.pdf", "application/pdf"), ...withCaption };
    case "voice":
      return { voice: { ...file("voice.ogg", "audio/ogg"), duration: 3 } };
    case "video":
      return { video: { ...file("video.mp4", "video/mp4"), duration: 3, width: 640, height: 480 }, ...withCaption };
    case "sticker": {
      const { file_name: _, mime_type: __, ...sticker } = file("sticker.webp", "image/webp");
      const shape = { width: 512, height: 512, is_animated: false as const, is_video: false as const };
      return { sticker: { ...sticker, ...shape, type: "regular", emoji: "👍" } };
    }
    case "location":
      return { location: { latitude: 51.7, longitude: 8.7 } };
    case "contact":
      return { contact: { phone_number: phone, first_name: world.person(sender).user.first_name, user_id: sender } };
    case "poll":
      return { poll: emptyPoll };
    case "forwarded": {
      const origin = { type: "hidden_user" as const, sender_user_name: "Somebody", date: unixTime() - 60 };
      return { forward_origin: origin, ...textContent(text) };
    }
  }
}

/** Makes a text message's content as Telegram passes it on: cleaned, trimmed, with the entities found in it. */
export function textContent(words: string): Content {
  const text = cleanText(words).trim();
  // The apps refuse to send nothing and split what is longer; `inject` can do what no app does.
  if (text === "") throw new Error("nobody can send an empty text");
  if (text.length > 4096) throw new Error("nobody can send more than 4096 characters in one message");
  return { text, ...entitiesOf(text, "entities") };
}

function entitiesOf(text: string, field: "entities" | "caption_entities"): Content {
  const entities = autoEntities(text);
  return entities.length > 0 ? { [field]: entities } : {};
}

const emptyPoll = {
  id: "1",
  question: "Which?",
  options: ["one", "two"].map((text, i) => ({ text, voter_count: 0, persistent_id: String(i) })),
  total_voter_count: 0,
  is_closed: false,
  is_anonymous: true,
  type: "regular" as const,
  allows_multiple_answers: false,
  allows_revoting: true,
  members_only: false,
};
