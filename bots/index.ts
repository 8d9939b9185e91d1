export { createTelegramBot, type TelegramBot } from "./telegram/index.ts";
export { createWebBot } from "./web/index.ts";
