import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { readMessages } from "./raw-http.ts";

/** A bot's call to send or edit a message, as it came. */
export interface SendCall {
  token: string;
  method: "sendMessage" | "editMessageText";
  chat: number;
  /** The rest of the parameters, as the inside of a JSON object. */
  rest: string;
  /** The message that it makes, as the API answers it and as a press on it carries it. */
  message: string;
  /** Text and buttons, decoded; costs too much to be done for every call. */
  body: () => Record<string, unknown>;
}

export interface BotApiEvents {
  /** After the answer is on its way. */
  sent(call: SendCall): void;
  webhookSet(token: string, url: string, secret: string): void;
}

const start = /^\{"chat_id":(-?\d+),(?:"message_id":(\d+),)?/;

/**
 * As much of a Bot API server as the benchmark needs, as cheap as can be: it checks nothing (the double beside it does,
 * in every other test), and takes no longer than a message needs to be passed on.
 */
export class BotApi {
  readonly #events: BotApiEvents;
  readonly #server: Server;
  readonly #webhooks = new Map<string, string>();
  #lastMessage = 0;

  constructor(events: BotApiEvents) {
    this.#events = events;
    this.#server = createServer((socket) => {
      socket.on("error", () => {});
      readMessages(socket, (head, body) => this.#take(socket, head, body));
    });
  }

  /** Listens on a free port of 127.0.0.1 and returns the address. */
  async listen(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  #take(socket: Socket, head: string, body: string): void {
    const [, token = "", method = ""] = /^POST \/bot([^/]+)\/(\w+) /.exec(head) ?? [];
    if (method === "sendMessage" || method === "editMessageText") this.#send(socket, token, method, body);
    else answer(socket, JSON.stringify({ ok: true, result: this.#small(token, method, body) }));
  }

  #send(socket: Socket, token: string, method: SendCall["method"], body: string): void {
    const found = start.exec(body);
    if (!found) throw new Error(`${method} does not begin with its chat: ${body.slice(0, 60)}`);
    const chat = Number(found[1]);
    const id = found[2] ?? String(++this.#lastMessage);
    const rest = body.slice(found[0].length, -1);
    const kind = chat < 0 ? '"title":"Team","type":"supergroup"' : '"first_name":"Person","type":"private"';
    const date = Math.floor(Date.now() / 1000);
    // Close to what Telegram answers: the message as it was stored.
    const message = `{"message_id":${id},"from":{"id":${token.split(":", 1)[0]},"is_bot":true,"first_name":"Lotse","username":"lotse_bot"},"chat":{"id":${chat},${kind}},"date":${date},${rest}}`;
    answer(socket, `{"ok":true,"result":${message}}`);
    this.#events.sent({
      token,
      method,
      chat,
      rest,
      message,
      body: () => JSON.parse(Buffer.from(`{${rest}}`, "latin1").toString()) as Record<string, unknown>,
    });
  }

  #small(token: string, method: string, body: string): unknown {
    switch (method) {
      case "getMe":
        return { id: Number(token.split(":", 1)[0]), is_bot: true, first_name: "Lotse", username: "lotse_bot" };
      case "setWebhook": {
        const { url, secret_token: secret } = JSON.parse(body) as { url: string; secret_token: string };
        this.#webhooks.set(token, url);
        setImmediate(() => this.#events.webhookSet(token, url, secret));
        return true;
      }
      case "getWebhookInfo":
        return { url: this.#webhooks.get(token) ?? "", pending_update_count: 0 };
      default:
        return true;
    }
  }
}

function answer(socket: Socket, json: string): void {
  socket.write(
    `HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: application/json\r\nContent-Length: ${json.length}\r\nConnection: keep-alive\r\n\r\n${json}`,
    "latin1",
  );
}
