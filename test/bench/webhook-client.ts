import { connect, type Socket } from "node:net";
import { readMessages } from "./raw-http.ts";

/** A bot's answer to a POST. */
export interface PostAnswer {
  status: number;
  body: string;
}

interface Post {
  bytes: string;
  /** Called when it goes out, with the time (ms). */
  onSent: (at: number) => void;
  onAnswer: (answer: PostAnswer) => void;
}

interface Connection {
  socket: Socket;
  post: Post | undefined;
}

const most = 100;

/** Posts updates to one webhook over at most a hundred connections, one at a time on each, as Telegram does. */
export class WebhookClient {
  readonly #url: URL;
  readonly #head: string;
  #idle: Connection[] = [];
  #all = new Set<Connection>();
  #waiting: Post[] = [];

  constructor(url: string, secret: string) {
    this.#url = new URL(url);
    this.#head = `POST ${this.#url.pathname} HTTP/1.1\r\nHost: ${this.#url.host}\r\nContent-Type: application/json\r\nX-Telegram-Bot-Api-Secret-Token: ${secret}\r\nConnection: keep-alive\r\nContent-Length: `;
  }

  /** Whether somebody listens there. */
  isOpen(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(Number(this.#url.port), this.#url.hostname);
      const tell = (isOpen: boolean) => {
        socket.destroy();
        resolve(isOpen);
      };
      socket.once("connect", () => tell(true));
      socket.once("error", () => tell(false));
    });
  }

  /** Posts an update (JSON as bytes). A connection that breaks counts as status 0. */
  post(update: string, onSent: Post["onSent"], onAnswer: Post["onAnswer"]): void {
    const post = { bytes: `${this.#head}${update.length}\r\n\r\n${update}`, onSent, onAnswer };
    const connection = this.#idle.pop();
    if (connection) this.#write(connection, post);
    else if (this.#all.size < most) this.#write(this.#open(), post);
    else this.#waiting.push(post);
  }

  /** Ends all connections. */
  close(): void {
    for (const { socket } of this.#all) socket.destroy();
  }

  #write(connection: Connection, post: Post): void {
    connection.post = post;
    post.onSent(performance.now());
    connection.socket.write(post.bytes, "latin1");
  }

  #open(): Connection {
    const socket = connect(Number(this.#url.port), this.#url.hostname);
    const connection: Connection = { socket, post: undefined };
    this.#all.add(connection);
    socket.on("error", () => {});
    socket.on("close", () => {
      this.#all.delete(connection);
      this.#idle = this.#idle.filter((other) => other !== connection);
      connection.post?.onAnswer({ status: 0, body: "" });
    });
    readMessages(socket, (head, body) => {
      const { post } = connection;
      connection.post = undefined;
      const next = this.#waiting.shift();
      if (next) this.#write(connection, next);
      else this.#idle.push(connection);
      post?.onAnswer({ status: Number(head.slice(9, 12)), body });
    });
    return connection;
  }
}
