import type { Socket } from "node:net";

/**
 * Reads HTTP/1.1 messages that have a Content-Length off a connection. Text is latin1: one character is one byte, and
 * what is passed on unread stays as it was. Node's own client and server take longer for a message than the service
 * does, on a machine whose cores they share with it.
 */
export function readMessages(socket: Socket, take: (head: string, body: string) => void): void {
  let rest = "";
  socket.setNoDelay(true);
  socket.setEncoding("latin1");
  socket.on("data", (chunk: string) => {
    rest = rest === "" ? chunk : rest + chunk;
    for (;;) {
      const headEnd = rest.indexOf("\r\n\r\n");
      if (headEnd < 0) return;
      const head = rest.slice(0, headEnd);
      const length = Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      const end = headEnd + 4 + length;
      if (rest.length < end) return;
      const body = rest.slice(headEnd + 4, end);
      rest = rest.slice(end);
      take(head, body);
    }
  });
}

/** UTF-8 text as `readMessages` would give it. */
export function toBytes(text: string): string {
  return Buffer.from(text).toString("latin1");
}
