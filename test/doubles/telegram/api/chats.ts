import { badRequest } from "../api-error.ts";
import { readChat } from "./access.ts";
import type { Method } from "./params.ts";

const actions = new Set(
  "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker find_location record_video_note upload_video_note".split(
    " ",
  ),
);

/** Shows "typing" or the like. */
export const sendChatAction: Method = (world, params) => {
  if (!actions.has(params.text("action").toLowerCase())) throw badRequest("Wrong parameter action in request");
  readChat(world, params).actions++;
  return true;
};

/** Describes a chat. */
export const getChat: Method = (world, params) => ({
  ...readChat(world, params, "read").info,
  accent_color_id: 0,
  max_reaction_count: 11,
});

/** Leaves a group. */
export const leaveChat: Method = (world, params) => {
  const chat = readChat(world, params);
  if (chat.type === "private") throw badRequest("chat member status can't be changed in private chats");
  chat.botStatus = "left";
  return true;
};

/** Ends the wait that a press shows, perhaps with a toast or an alert. */
export const answerCallbackQuery: Method = (world, params) => {
  const press = world.presses.get(params.text("callback_query_id"));
  const text = params.text("text");
  if (!press || press.answer || Date.now() - press.at > world.options.pressLifeMs)
    throw badRequest("query is too old and response timeout expired or query ID is invalid");
  if (text.length > 200) throw badRequest("MESSAGE_TOO_LONG");
  if (params.text("url") && !/^(https?:\/\/t\.me\/|tg:)/i.test(params.text("url"))) throw badRequest("URL_INVALID");
  press.answer = { text, alert: params.flag("show_alert"), at: Date.now() };
  return true;
};
