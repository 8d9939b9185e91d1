import { type Context, Hono } from "hono";
import { preparedKeys } from "../domain/prepared.ts";
import { type OutgoingWords, type StaffWords, teamValue } from "../domain/prompt.ts";
import { shownName } from "../store/shown-name.ts";
import { endTalk } from "../store/talk-end.ts";
import { writeWords } from "../store/talk-words.ts";
import { actorOf } from "./actor.ts";
import { hasToken, type StaffEnv } from "./guard.ts";
import { makeCard } from "./notice.ts";
import { formId } from "./page/case-write.ts";
import { type ComposeView, composePage, type Preview } from "./page/talk-compose.ts";
import { refuseChange, type StaffSite, show, showMissing } from "./site.ts";
import { emptyForm, type Faults, printOf, readForm, type TalkForm, wordsOf } from "./talk-form.ts";
import { type TalkView, talkViewOf } from "./talk-view.ts";

/** Writing to the person of a case: composing with a preview, sending, and ending the talk. */
export function talkRoutes(site: StaffSite): Hono<StaffEnv> {
  const { pool, keyring, texts, place } = site;
  const routes = new Hono<StaffEnv>();
  const path = "/cases/:code/talk";

  routes.get(path, async (context) => {
    const talk = await talkOf(site, context);
    const message = preparedKeys.find((key) => key === context.req.query("message"));
    if (!talk) return missing(site, context);
    return compose(site, context, talk, emptyForm(formId(talk), message));
  });

  routes.post(path, async (context) => {
    const body = await context.req.parseBody();
    if (!hasToken(context, body.csrf)) return refuseChange(site, context);
    const talk = await talkOf(site, context);
    if (!talk) return missing(site, context);
    const form = readForm(body);
    const made = wordsOf(form, site.talk, site.now().getTime());
    if ("faults" in made) return compose(site, context, talk, form, { faults: made.faults, status: 422 });

    const { words } = made;
    const print = printOf(words);
    // A prepared message is sent as it was last looked at, and not otherwise.
    const isLookedAt = form.message === undefined || form.previewed === print;
    if (!form.wantsToSend || !isLookedAt) {
      return compose(site, context, talk, form, { words, isChanged: form.wantsToSend });
    }
    const { code } = context.req.param();
    const by = actorOf(context.get("member"));
    const name = await shownName(pool, by);
    const writing = {
      ...{ code, by, words, anyway: form.anyway, owner: site.owner(), at: site.now() },
      id: printOf(code, by.id, form.id, words),
      ...(name && { name }),
    };
    const result = await writeWords(pool, keyring, writing, (found, detail) => makeCard(place, found, detail));
    if (result.type === "unknown") return missing(site, context);
    if (result.type === "refused") {
      const { why, claimedBy } = result;
      const now = { ...talk, claimedBy, refusal: why };
      return compose(site, context, now, form, { words, isRefused: true, status: 409 });
    }
    if (result.type === "sent") site.changed(result.lanes);
    return context.redirect(`/staff/cases/${code}?talk=sent#talk`, 303);
  });

  routes.post(`${path}/end`, async (context) => {
    const { csrf } = await context.req.parseBody();
    if (!hasToken(context, csrf)) return refuseChange(site, context);
    const talk = await talkOf(site, context);
    if (!talk) return missing(site, context);
    if (!talk.isOwn) return compose(site, context, talk, emptyForm(formId(talk)), { isRefused: true, status: 409 });
    const { caseId, contactId } = talk;
    const ending = { by: actorOf(context.get("member")), at: site.now(), owner: site.owner() };
    const isEnded = contactId && (await endTalk(pool, keyring, { ...ending, caseId, contactId }, site.talk.end));
    if (isEnded) site.changed([contactId]);
    return context.redirect(`/staff/cases/${context.req.param("code")}?talk=ended#talk`, 303);
  });

  return routes;

  function missing(site: StaffSite, context: Context<StaffEnv>) {
    return showMissing(site, context, texts("notFound.case", { code: context.req.param("code") ?? "" }));
  }
}

function talkOf(site: StaffSite, context: Context<StaffEnv>): Promise<TalkView | undefined> {
  return talkViewOf(site, context.get("member"), context.req.param("code") ?? "");
}

interface Composing {
  faults?: Faults;
  /** What the form comes to, for a preview. */
  words?: StaffWords;
  isChanged?: boolean;
  isRefused?: boolean;
  status?: 200 | 409 | 422;
}

/** Answers with the form as it was typed. */
async function compose(
  site: StaffSite,
  context: Context<StaffEnv>,
  talk: TalkView,
  form: TalkForm,
  { faults = {}, words, isChanged = false, isRefused = false, status = 200 }: Composing = {},
): Promise<Response> {
  const { texts } = site;
  const code = context.req.param("code") ?? "";
  const name = await shownName(site.pool, actorOf(context.get("member")));
  const view: ComposeView = {
    ...{ texts, words: site.words, tools: site.talk, form, faults, code, csrf: context.get("csrf"), isRefused },
    refusal: talk.refusal,
    claimedBy: talk.claimedBy,
    ...(words && { preview: previewOf(site, talk, words, name, isChanged) }),
  };
  return show(site, context, texts("write.page", { code }), composePage(view), status);
}

function previewOf(
  { render }: StaffSite,
  { language, team }: TalkView,
  words: StaffWords,
  name: string | undefined,
  isChanged: boolean,
): Preview {
  const from = { team: teamValue(team), ...(name && { name }) };
  const message: OutgoingWords = { type: "words", words, from, language };
  return { print: printOf(words), person: render(message), german: render({ ...message, language: "de" }), isChanged };
}
