import { Hono } from "hono";
import { html } from "hono/html";
import type { RenderedMessage } from "../domain/prompt.ts";
import { findCase } from "./case-page.ts";
import type { StaffEnv } from "./guard.ts";
import { type Printed, printAgreement } from "./page/print-agreement.ts";
import { type StaffSite, show, showMissing, toCase } from "./site.ts";

/** What of a case is printed. */
export function printRoutes(site: StaffSite): Hono<StaffEnv> {
  const { texts, place, render } = site;
  const routes = new Hono<StaffEnv>();

  const printed = (language: string): Printed => {
    const text = (key: string) => rendered(key, language).text;
    const agreement = render({
      type: "prompt",
      prompt: { key: "legal", values: { text: { type: "place", path: "agreement.intake" } } },
      language,
    });
    const shown = place.legal["agreement.intake"];
    return {
      language,
      direction: agreement.direction,
      agreement: agreement.text,
      version: (shown[language] ?? shown.de)?.version ?? "",
      title: text("print.title"),
      binding: text("print.binding"),
      place: text("print.place"),
      name: text("print.name"),
      signature: text("print.signature"),
      interpreter: text("print.interpreter"),
    };
  };
  const rendered = (key: string, language: string): RenderedMessage =>
    render({ type: "prompt", prompt: { key }, language });

  routes.get("/cases/:code/print/agreement", async (context) => {
    const code = context.req.param("code");
    const found = await findCase(site, context);
    if (!found) return showMissing(site, context, texts("notFound.case", { code }));
    // Without a text in it there is no agreement in this language.
    const own = place.legal["agreement.intake"][found.language] ? found.language : "de";
    const content = printAgreement(texts, code, printed(own), printed("de"));
    return show(site, context, texts("print.page", { code }), html`${toCase(texts, code)}${content}`);
  });
  return routes;
}
