import { badRequest } from "../api-error.ts";
import { isObject, type Method, type Params } from "./params.ts";

/** Says who the bot is. */
export const getMe: Method = ({ bot, options }) => ({
  ...bot,
  can_join_groups: true,
  can_read_all_group_messages: !options.privacy,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
});

/** Sets the menu of commands for one language; an empty language is for all that have none of their own. */
export const setMyCommands: Method = (world, params) => {
  const list = params.json("commands", "commands");
  const key = commandsKey(params);
  if (!Array.isArray(list)) throw badRequest("Expected an Array of BotCommand");
  if (list.length > 100) throw badRequest("BOT_COMMANDS_TOO_MUCH");
  world.commands.set(key, list.map(readCommand));
  return true;
};

/** Returns the menu of commands for one language. */
export const getMyCommands: Method = (world, params) => world.commands.get(commandsKey(params)) ?? [];

/** Sets the bot's name for one language. */
export const setMyName = textSetter("name", 64, "BOT_TITLE_INVALID");
/** Sets what an empty chat with the bot shows. */
export const setMyDescription = textSetter("description", 512, "BOT_DESCRIPTION_TOO_LONG");
/** Sets the text of the bot's profile. */
export const setMyShortDescription = textSetter("short_description", 120, "BOT_ABOUT_TOO_LONG");

function textSetter(name: string, most: number, tooLong: string): Method {
  return (world, params) => {
    const text = params.text(name);
    if ([...text].length > most) throw badRequest(tooLong);
    world.profile.set(`${name}:${readLanguage(params)}`, text);
    return true;
  };
}

function commandsKey(params: Params): string {
  const scope = params.json("scope", "BotCommandScope") ?? { type: "default" };
  if (!isObject(scope)) throw badRequest("Can't parse BotCommandScope: BotCommandScope must be an Object");
  const where = scope.type === "default" ? "" : `${scope.type}${scope.chat_id ?? ""}:`;
  return where + readLanguage(params);
}

function readLanguage(params: Params): string {
  const language = params.text("language_code");
  if (!/^([a-z]{2})?$/.test(language)) throw badRequest("Invalid language code specified");
  return language;
}

function readCommand(value: unknown): { command: string; description: string } {
  if (!isObject(value)) throw badRequest("Can't parse BotCommand: expected an Object");
  const missing = ["command", "description"].find((field) => typeof value[field] !== "string");
  if (missing) throw badRequest(`Can't parse BotCommand: Can't find field "${missing}"`);
  const command = String(value.command).trim().replace(/^\//, "");
  const description = String(value.description).trim();
  if (!command) throw badRequest("Command must be non-empty");
  if (command.length > 32) throw badRequest("Command length must not exceed 32");
  if (!description) throw badRequest("Command description must be non-empty");
  if ([...description].length > 256) throw badRequest("Command description length must not exceed 256");
  if (!/^[a-z0-9_]+$/.test(command)) throw badRequest("BOT_COMMAND_INVALID");
  return { command, description };
}
