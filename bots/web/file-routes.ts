import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { secureHeaders } from "hono/secure-headers";
import type { FileContent } from "../../src/domain/prompt.ts";
import type { Texts } from "../../src/domain/texts.ts";
import type { Assets } from "./assets.ts";
import { chooseLanguage } from "./texts.ts";

/** The files that wait to be fetched, by the token of their link. */
export interface FileStore {
  /** Says whether a file can still be fetched, and in which language its person reads. Uses nothing up. */
  look(token: string): Promise<{ language: string; ready: boolean } | undefined>;
  /** Gives a file, once. */
  take(token: string): Promise<FileContent | undefined>;
}

interface Parts {
  files: FileStore;
  assets: Assets;
  texts: Pick<Texts, "text" | "languages">;
  logFailure: (cause: unknown, what: string) => void;
}

const token = /^[A-Za-z0-9_-]{43}$/;

/**
 * Gives out a file by a link that works once: `/file/<token>`. Opening it shows a button, and only that takes the file:
 * whoever looks at links ahead (a mail filter, a messenger's preview) uses nothing up.
 */
export function fileRoutes({ files, assets, texts, logFailure }: Parts): Hono {
  const app = new Hono();
  app.use("/file/*", headers);

  app.get("/file/:token", async (context) => {
    const found = await orUnavailable(context, () => files.look(tokenIn(context)));
    if (found instanceof Response) return found;
    return found?.ready ? show(context, "ready", found.language) : show(context, "over", found?.language, 410);
  });

  app.post("/file/:token", async (context) => {
    const taken = await orUnavailable(context, async () => {
      const found = await files.look(tokenIn(context));
      return { language: found?.language, file: await files.take(tokenIn(context)) };
    });
    if (taken instanceof Response) return taken;
    const { language, file } = taken;
    if (!file) return show(context, "over", language, 410);
    context.header("content-type", file.type);
    context.header("content-disposition", `attachment; filename="${file.name}"`);
    return context.body(new Uint8Array(file.data));
  });
  return app;

  function show(context: Context, state: "ready" | "over" | "failed", code: string | undefined, status?: 410 | 503) {
    const language = chooseLanguage(texts.languages, code ?? context.req.header("accept-language"));
    const text = (key: string) => texts.text(language.code, key);
    const style = (name: string) => html`<link rel="stylesheet" href="/chat/files/${assets.version}/${name}.css">`;
    const page = html`<!doctype html>
<html lang="${language.code}" dir="${language.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, noarchive">
<meta name="color-scheme" content="light dark">
<title>${text("file.title")}</title>
<link rel="icon" href="/chat/files/${assets.version}/icon.svg">
${["tokens", "base", "buttons", "talk", "chat", "file"].map(style)}
</head>
<body>
<main id="main">
<div class="card">
<h1>${text("file.title")}</h1>
<p>${text(`file.${state}`)}</p>
${state !== "over" && html`<form method="post"><button type="submit" class="primary">${text("file.button")}</button></form>`}
<p><a href="/">${text("file.back")}</a></p>
</div>
</main>
</body>
</html>
`;
    return context.html(page, status ?? 200);
  }

  /** The store's answer, or a page that says to try again. */
  async function orUnavailable<T>(context: Context, ask: () => Promise<T>): Promise<T | Response> {
    try {
      return await ask();
    } catch (cause) {
      logFailure(cause, "giving out a file");
      context.header("retry-after", "2");
      return show(context, "failed", undefined, 503);
    }
  }
}

/** The token of the link; one that can be none is looked for as nothing. */
function tokenIn(context: Context): string {
  const given = context.req.param("token") ?? "";
  return token.test(given) ? given : "";
}

const secure = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    fontSrc: ["'self'"],
    imgSrc: ["'self'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
  },
  strictTransportSecurity: false,
});

const headers: typeof secure = async (context, next) => {
  await secure(context, next);
  // Neither file nor page stays anywhere but with the person.
  context.header("cache-control", "no-store");
};
