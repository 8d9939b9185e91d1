import { badRequest } from "../api-error.ts";
import type { Method } from "./method.ts";

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
