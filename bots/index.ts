export { createTelegramBot } from "./telegram/index.ts";
