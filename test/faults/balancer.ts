import { Agent, createServer, type IncomingHttpHeaders, request, type Server } from "node:http";

/** Spreads requests over several processes at random, and now and then hands one to all of them at the same moment. */
export class Balancer {
  readonly #server: Server;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #ports: readonly number[];
  readonly #random: () => number;
  /** Requests that went to all at once. */
  doubled = 0;

  constructor(ports: readonly number[], random: () => number, toAll: number) {
    this.#ports = ports;
    this.#random = random;
    this.#server = createServer((incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", async () => {
        const body = Buffer.concat(chunks);
        const path = incoming.url ?? "/";
        const isForAll = this.#random() < toAll;
        if (isForAll) this.doubled++;
        const answer = await this.#pass(path, incoming.headers, body, isForAll);
        response.writeHead(answer.status, { "content-type": answer.type, "content-length": answer.body.length });
        response.end(answer.body);
      });
    });
  }

  listen(port: number): Promise<void> {
    return new Promise((resolve) => this.#server.listen(port, "127.0.0.1", resolve));
  }

  close(): void {
    this.#agent.destroy();
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #pass(path: string, headers: IncomingHttpHeaders, body: Buffer, toAll: boolean): Promise<Answer> {
    const first = Math.floor(this.#random() * this.#ports.length);
    const ports = this.#ports.map((_, index) => this.#ports[(first + index) % this.#ports.length] ?? 0);
    if (toAll) {
      const answers = await Promise.all(ports.map((port) => this.#post(port, path, headers, body)));
      return answers.find(({ status }) => status < 300) ?? answers[0] ?? failed;
    }
    let answer = failed;
    // A process that is gone refuses; the next one takes it.
    for (const port of ports) {
      answer = await this.#post(port, path, headers, body);
      if (answer.status < 300) break;
    }
    return answer;
  }

  #post(port: number, path: string, headers: IncomingHttpHeaders, body: Buffer): Promise<Answer> {
    return new Promise((resolve) => {
      const options = { port, host: "127.0.0.1", path, method: "POST", headers, agent: this.#agent };
      const sent = request(options, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", () => resolve(failed));
        response.on("end", () => {
          const type = response.headers["content-type"] ?? "text/plain";
          resolve({ status: response.statusCode ?? 502, type, body: Buffer.concat(chunks) });
        });
      });
      sent.on("error", () => resolve(failed));
      sent.end(body);
    });
  }
}

interface Answer {
  status: number;
  type: string;
  body: Buffer;
}

const failed: Answer = { status: 502, type: "text/plain", body: Buffer.alloc(0) };
