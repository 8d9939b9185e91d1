import type { Transporter } from "nodemailer";
import type { Log } from "../domain/log.ts";
import type { Mail } from "../domain/mail.ts";

// A page waits for it.
const patienceMs = 10_000;

/** Sends e-mail through the administrator's mail server. */
export function createMail({ url, from }: { url: string; from: string }, log: Pick<Log, "warn">): Mail {
  const patience = { connectionTimeout: patienceMs, greetingTimeout: patienceMs, socketTimeout: patienceMs };
  // Loaded at its first use: most processes send no mail for long.
  let opened: Promise<Transporter> | undefined;
  const open = async () => {
    const { createTransport } = await import("nodemailer");
    return createTransport({ url, ...patience, disableFileAccess: true, disableUrlAccess: true });
  };
  return {
    async send({ to, subject, text }) {
      try {
        opened ??= open();
        const transport = await opened;
        // An address as an object is taken as it is, not parsed as a list of several.
        await transport.sendMail({ from, to: { name: "", address: to }, subject, text });
      } catch (cause) {
        // A server's answer quotes addresses.
        const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
        log.warn(`e-mail: not sent (${code})`);
        throw new Error(`e-mail was not sent: ${code}`);
      }
    },
  };
}
