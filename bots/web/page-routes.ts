import { type Context, Hono } from "hono";
import { getCookie } from "hono/cookie";
import type { Texts } from "../../src/domain/texts.ts";
import { cookieName, toAddress } from "./address.ts";
import type { Asset, Assets, Compressible } from "./assets.ts";
import { guardHeaders } from "./headers.ts";
import type { Page } from "./page.ts";
import { chooseLanguage, pageTexts } from "./texts.ts";

interface Parts {
  page: Page;
  assets: Assets;
  texts: Pick<Texts, "text" | "languages">;
}

const forever = "public, max-age=31536000, immutable";

/** Serves the page, its files and its texts: `/`, `/chat/files/<version>/…`, `/chat/texts/<version>/<language>`. */
export function pageRoutes({ page, assets, texts }: Parts): Hono {
  const app = new Hono();
  app.get("/", guardHeaders, (context) => {
    const wish = context.req.query("lang") ?? context.req.header("accept-language");
    const known = toAddress(getCookie(context, cookieName)) !== undefined;
    const body = page.render(chooseLanguage(texts.languages, wish), known);
    context.header("content-type", "text/html; charset=utf-8");
    context.header("vary", "accept-encoding, accept-language, cookie");
    return sendBody(context, body);
  });

  app.get("/chat/files/:version/:name", guardHeaders, (context) => {
    const { version, name } = context.req.param();
    const asset = assets.files.get(name);
    if (!asset) return context.notFound();
    // While two releases run side by side, a page of the other one gets what there is, but keeps it from no cache.
    context.header("cache-control", version === assets.version ? forever : "no-cache");
    return sendAsset(context, asset);
  });

  app.get("/chat/texts/:version/:language", guardHeaders, (context) => {
    const { version, language } = context.req.param();
    if (!texts.languages.some(({ code }) => code === language)) return context.notFound();
    context.header("cache-control", version === assets.version ? "private, max-age=3600" : "no-cache");
    return context.json(pageTexts(texts, language));
  });
  return app;
}

function sendAsset(context: Context, asset: Asset): Response {
  context.header("etag", asset.etag);
  context.header("vary", "accept-encoding");
  if (context.req.header("if-none-match")?.includes(asset.etag)) return context.body(null, 304);
  context.header("content-type", asset.type);
  return sendBody(context, asset);
}

function sendBody(context: Context, { plain, gzipped }: Compressible): Response {
  if (!gzipped || !/\bgzip\b/.test(context.req.header("accept-encoding") ?? "")) return context.body(plain);
  context.header("content-encoding", "gzip");
  return context.body(gzipped);
}
