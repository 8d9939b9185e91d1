import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Pool as Connections } from "undici";
import { startEmbedded } from "../../src/store/embedded.ts";
import { codeIn } from "../walks/code.ts";
import type { RecordedCall, Transcript } from "./crowd-orders.ts";
import { openReferenceStore } from "./reference-store.ts";

// What the service is compared with: the same talk by the shortest way there is. Without a framework; what the service
// said at each step was written down and is said again. One SELECT and one statement that writes, for each message. A
// crash loses what was not sent yet, and a message that comes twice is answered twice.

type Settings = {
  token: string;
  apiRoot: string;
  secret: string;
  dataDir: string;
  transcripts: string;
  staffGroup: number;
};

type Update = {
  update_id: number;
  message?: { chat: { id: number }; text: string };
  callback_query?: { id: string; data: string; message: { message_id: number; chat: { id: number } } };
};

const headers = ["content-type", "application/json"];
const silent = { info() {}, warn() {}, error() {} };

const {
  token,
  apiRoot,
  secret,
  dataDir,
  transcripts: file,
  staffGroup,
} = JSON.parse(process.argv[2] ?? "") as Settings;
const transcripts = JSON.parse(readFileSync(file, "utf8")) as Transcript[];
const embedded = await startEmbedded(dataDir, silent);
const store = await openReferenceStore(embedded.url);
const api = new Connections(apiRoot, { connections: 64, pipelining: 1 });

const server = createServer((request, response) => {
  if (request.headers["x-telegram-bot-api-secret-token"] !== secret) {
    response.writeHead(401).end();
    return;
  }
  let body: Buffer | undefined;
  request.on("data", (chunk: Buffer) => {
    body = body ? Buffer.concat([body, chunk]) : chunk;
  });
  request.on("end", () => void take(JSON.parse(String(body)) as Update, response));
});
server.keepAliveTimeout = 65_000;
server.listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
await send("setWebhook", JSON.stringify({ url, secret_token: secret, max_connections: 100 }));

process.once("SIGTERM", async () => {
  server.close();
  server.closeAllConnections();
  await api.close();
  await store.close();
  await embedded.stop();
});

async function take(update: Update, response: ServerResponse): Promise<void> {
  const press = update.callback_query;
  const chat = press?.message.chat.id ?? update.message?.chat.id ?? 0;
  const said = press?.data ?? update.message?.text ?? "";
  const state = await store.load(chat);
  const calls = transcripts[chat % transcripts.length]?.[state.step] ?? [];
  const recorded = calls.map((call) => codeIn(call.rest)).find((code) => code !== undefined);
  const code = await store.save(update.update_id, chat, state, said, recorded !== undefined);
  answer(response, press?.id);
  for (const call of calls) {
    const sent = reply(call, chat, press?.message.message_id, recorded, code);
    if (call.to === "person") await sent;
  }
}

/** A call in the body saves a call, as in the service. */
function answer(response: ServerResponse, press: string | undefined): void {
  if (press === undefined) {
    response.writeHead(200, { "content-length": 0 }).end();
    return;
  }
  const body = `{"method":"answerCallbackQuery","callback_query_id":"${press}"}`;
  response.writeHead(200, { "content-type": "application/json", "content-length": body.length }).end(body);
}

function reply(
  { to, method, rest }: RecordedCall,
  chat: number,
  pressed: number | undefined,
  recorded: string | undefined,
  code: string | undefined,
): Promise<void> {
  const parameters = recorded === undefined || code === undefined ? rest : rest.replace(recorded, code);
  const message = method === "editMessageText" ? `"message_id":${pressed},` : "";
  return send(method, `{"chat_id":${to === "staff" ? staffGroup : chat},${message}${parameters}}`);
}

function send(method: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    api.dispatch(
      { path: `/bot${token}/${method}`, method: "POST", headers, body },
      {
        onRequestStart() {},
        onResponseStart(_, status) {
          if (status !== 200) reject(new Error(`${method}: ${status}`));
        },
        onResponseData() {},
        onResponseEnd: () => resolve(),
        onResponseError: (_, error) => reject(error),
      },
    );
  });
}
