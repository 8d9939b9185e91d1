import { createServer, type Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createMail } from "../../src/notices/mail.ts";

let server: Server | undefined;
afterEach(() => server?.close());

/** A mail server that takes everything, or refuses every receiver; answers its port and what it was told. */
async function startServer(refuses = false) {
  const told: string[] = [];
  const opened = createServer((socket) => {
    let inBody = false;
    socket.write("220 mail.example.org\r\n");
    socket.on("data", (chunk) => {
      for (const line of chunk.toString().split("\r\n").filter(Boolean)) {
        told.push(line);
        if (inBody && line !== ".") continue;
        inBody = line === "DATA";
        if (line.startsWith("QUIT")) socket.end("221 bye\r\n");
        else if (line.startsWith("RCPT") && refuses) socket.write(`550 ${line} is not known\r\n`);
        else socket.write(line === "DATA" ? "354 go on\r\n" : "250 ok\r\n");
      }
    });
    socket.on("error", () => {});
  });
  server = opened;
  await new Promise<void>((resolve) => opened.listen(0, "127.0.0.1", () => resolve()));
  const address = opened.address();
  return { told, url: `smtp://127.0.0.1:${typeof address === "object" ? address?.port : 0}` };
}

const letter = {
  to: "anna@example.org",
  subject: "Ihr Link für Lotse",
  text: "Guten Tag\n\nhttps://lotse.example.org/x\n",
};

test("hands a letter over to the mail server", async () => {
  const { url, told } = await startServer();
  await createMail({ url, from: "Lotse <lotse@example.org>" }, { warn() {} }).send(letter);
  expect(told).toEqual(
    expect.arrayContaining([
      "MAIL FROM:<lotse@example.org>",
      "RCPT TO:<anna@example.org>",
      "https://lotse.example.org/x",
    ]),
  );
  expect(told.join("\n")).toMatch(/^From: Lotse <lotse@example.org>$/m);
});

test("says that a letter did not go out without naming to whom", async () => {
  const warnings: string[] = [];
  const log = { warn: (text: string) => void warnings.push(text) };
  const { url } = await startServer(true);
  for (const from of [url, "smtp://127.0.0.1:1"]) {
    const sent = createMail({ url: from, from: "lotse@example.org" }, log).send(letter);
    await expect(sent).rejects.toThrow(/^e-mail was not sent: E\w+$/);
  }
  expect(warnings).toEqual(["e-mail: not sent (EENVELOPE)", "e-mail: not sent (ESOCKET)"]);
});
