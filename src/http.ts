import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { ReadinessChecks } from "./readiness.ts";

/** Handles the requests of one path without the framework. A body's length is known and within the limit. */
export type RawHandler = (request: IncomingMessage, response: ServerResponse) => void;

/** The HTTP server of the service, before and while it listens. */
export type HttpServer = {
  /** Hands all requests of exactly this path to a handler. */
  mount: (path: string, handler: RawHandler) => void;
  /** What `GET /ready` looks at. */
  readiness: ReadinessChecks;
  /** Starts to listen and returns the port; port 0 takes a free one. Throws with what to do when that is not possible. */
  listen: (port: number, host: string) => Promise<number>;
  /** Takes no more connections, lets requests under way end for a second, then ends every connection. */
  close: () => Promise<void>;
};

type Options = {
  /** Routes for everything that is not mounted; complete when the server is made. */
  app: Hono;
  /** Logs an error and returns the id to show. */
  logError: (cause: unknown, what: string) => string;
  /** Bytes that a request's body may have. */
  maxBody?: number;
};

const graceOnClose = 1_000;

/** Makes the server: raw mounts first, then `GET /health` and `GET /ready`, then the app. */
export function createHttpServer({ app, logError, maxBody = 1_000_000 }: Options): HttpServer {
  const mounts = new Map<string, RawHandler>();
  const readiness = new ReadinessChecks();
  const listener = getRequestListener(frame(app, readiness, logError, maxBody).fetch, { overrideGlobalObjects: false });

  const server = createServer((request, response) => {
    const path = request.url?.split("?", 1)[0] ?? "";
    const handler = mounts.get(path);
    if (!handler) return void listener(request, response);
    const refusal = refuseBody(request, maxBody);
    if (refusal) return void response.writeHead(refusal, { connection: "close" }).end();
    handler(request, response);
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  // Longer than reverse proxies keep theirs, or they send a request into a connection that is just being closed.
  server.keepAliveTimeout = 65_000;

  return {
    mount: (path, handler) => void mounts.set(path, handler),
    readiness,
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once("error", (cause) => reject(listenError(cause, port, host)));
        server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
      }),
    close: () =>
      new Promise((resolve) => {
        // A server that never listened is closed already.
        server.close(() => resolve());
        server.closeIdleConnections();
        // Event streams never end by themselves; their pages connect again.
        setTimeout(() => server.closeAllConnections(), graceOnClose).unref();
      }),
  };
}

function frame(app: Hono, readiness: ReadinessChecks, logError: Options["logError"], maxBody: number): Hono {
  const outer = new Hono();
  outer.onError((cause, context) => {
    if (cause instanceof HTTPException) return cause.getResponse();
    const id = logError(cause, "answering a request");
    return context.text(`Something went wrong here (${id}).`, 500);
  });
  outer.get("/health", (context) => context.json({ alive: true }));
  outer.get("/ready", async (context) => {
    const answer = await readiness.run();
    return context.json(answer, answer.ready ? 200 : 503);
  });
  outer.use(bodyLimit({ maxSize: maxBody }));
  outer.route("/", app);
  return outer;
}

function refuseBody({ headers }: IncomingMessage, maxBody: number): 411 | 413 | undefined {
  if (headers["transfer-encoding"]) return 411;
  return Number(headers["content-length"] ?? 0) > maxBody ? 413 : undefined;
}

function listenError(cause: NodeJS.ErrnoException, port: number, host: string): Error {
  const reasons: Record<string, string> = {
    EADDRINUSE: `Port ${port} on ${host} is used by another program. Stop it, or set PORT to another number.`,
    EACCES: `This user may not listen on port ${port}. Set PORT to a number from 1024.`,
    EADDRNOTAVAIL: `${host} is not an address of this machine. Set HOST to one, or to 0.0.0.0 for all.`,
    ENOTFOUND: `${host} is not known here. Set HOST to an address of this machine.`,
  };
  return new Error(reasons[cause.code ?? ""] ?? `Cannot listen on port ${port} of ${host}.`, { cause });
}
