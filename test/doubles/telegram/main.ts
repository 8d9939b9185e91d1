import { parseArgs } from "node:util";
import { TelegramDouble } from "./index.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    token: { type: "string" },
    "retry-scale": { type: "string", default: "1" },
    "keep-calls": { type: "string", default: "20000" },
  },
});

const telegram = await TelegramDouble.start({
  port: Number(values.port),
  ...(values.token && { token: values.token }),
  retryScale: Number(values["retry-scale"]),
  keepCalls: Number(values["keep-calls"]),
});
process.stdout.write(`${JSON.stringify({ url: telegram.url, token: telegram.token })}\n`);

const stop = () => void telegram.stop();
process.once("SIGTERM", stop);
process.once("SIGINT", stop);
