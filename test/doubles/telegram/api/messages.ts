import { ApiError, badRequest } from "../api-error.ts";
import { type StoredFile, unixTime } from "../world.ts";
import { readMessage } from "./access.ts";
import { readFormattedText } from "./formatted-text.ts";
import type { Method, Params, UploadedFile } from "./params.ts";
import { send } from "./send.ts";

const mostTextLength = 4096;
const mostCaptionLength = 1024;
const mostFileBytes = 50_000_000;
const twoDays = 48 * 3600;

const mimeTypes: Record<string, string> = {
  ics: "text/calendar",
  pdf: "application/pdf",
  txt: "text/plain",
  html: "text/html",
  csv: "text/csv",
  json: "application/json",
  png: "image/png",
  jpg: "image/jpeg",
};

/** Sends a text. */
export const sendMessage: Method = (world, params) => {
  if (!params.text("text")) throw badRequest("Message text is empty");
  const { text, entities } = readFormattedText(params, "text", "entities");
  if (!text) throw badRequest("text must be non-empty");
  if (text.length > mostTextLength) throw badRequest("message is too long");
  return send(world, params, { text, ...(entities.length > 0 && { entities }) }, params.text("text"));
};

/** Sends a file: a part of the multipart body, or the id of one the double knows. */
export const sendDocument: Method = (world, params) => {
  const file = readFile(params) ?? world.files.get(params.text("document"));
  if (!file)
    throw badRequest(
      params.text("document") ? "wrong file identifier/HTTP URL specified" : "There is no document in the request",
    );
  if (!isStored(file) && !file.file_name) throw badRequest("file name must be non-empty");
  if (file.data.length === 0) throw badRequest("file must be non-empty");
  if (file.data.length > mostFileBytes) throw new ApiError(413, "Request Entity Too Large");
  const { text: caption, entities } = readFormattedText(params, "caption", "caption_entities");
  if (caption.length > mostCaptionLength) throw badRequest("message caption is too long");
  const { data, ...document } = isStored(file) ? file : world.addFile(file);
  return send(world, params, {
    document: { ...document, file_size: data.length },
    ...(caption && { caption }),
    ...(entities.length > 0 && { caption_entities: entities }),
  });
};

/** Takes a message back, for everyone. */
export const deleteMessage: Method = (world, params) => {
  const [chat, stored] = readMessage(world, params, "message to delete");
  const isOwn = stored.message.from?.id === world.bot.id;
  if (chat.type === "private" && unixTime() - stored.message.date > twoDays)
    throw badRequest("message can't be deleted for everyone");
  if (!isOwn && chat.type !== "private" && chat.botStatus !== "administrator")
    throw badRequest("message can't be deleted");
  stored.deleted = true;
  return true;
};

function readFile(params: Params) {
  const value = params.text("document");
  const file = params.files.document ?? (value.startsWith("attach://") ? params.files[value.slice(9)] : undefined);
  if (!file) return undefined;
  const ending = /\.(\w+)$/.exec(file.file_name)?.[1]?.toLowerCase() ?? "";
  return { ...file, mime_type: mimeTypes[ending] ?? file.mime_type };
}

function isStored(file: UploadedFile | StoredFile): file is StoredFile {
  return "file_id" in file;
}
