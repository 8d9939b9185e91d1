import { badRequest, notDoubled } from "../api-error.ts";
import type { World } from "../world.ts";
import type { Method, Params } from "./params.ts";

/** Waits for updates. */
export const getUpdates: Method = (world, params, onClosed) => {
  readAllowed(world, params);
  const timeout = params.integer("timeout", 0, 0, 50);
  return world.delivery.getUpdates(
    params.integer("offset", 0),
    params.integer("limit", 100, 1, 100),
    timeout,
    onClosed,
  );
};

/** Has updates posted to an address; unlike the real one, also over plain HTTP and to any port. */
export const setWebhook: Method = (world, params, onClosed) => {
  const url = params.text("url");
  if (!url) return deleteWebhook(world, params, onClosed);
  if (!URL.canParse(url)) throw badRequest("invalid webhook URL specified");
  if (new URL(url).protocol !== "http:") throw notDoubled("posting over https");
  const secret = params.text("secret_token");
  if (Buffer.byteLength(secret) > 256) throw badRequest("secret token is too long");
  if (!/^[\w-]*$/.test(secret)) throw badRequest("secret token contains unallowed characters");
  readAllowed(world, params);
  if (params.flag("drop_pending_updates")) world.delivery.updates.keepNewest(0);
  world.delivery.setWebhook({ url, secret, maxConnections: params.integer("max_connections", 40, 1, 100) });
  return true;
};

/** Goes back to polling. */
export const deleteWebhook: Method = (world, params) => {
  world.delivery.deleteWebhook();
  if (params.flag("drop_pending_updates")) world.delivery.updates.keepNewest(0);
  return true;
};

/** Says where updates go and what went wrong there last. */
export const getWebhookInfo: Method = ({ delivery: { webhook, updates, allowed } }) => ({
  url: webhook?.settings.url ?? "",
  has_custom_certificate: false,
  pending_update_count: updates.size,
  ...(webhook?.lastError && {
    last_error_date: webhook.lastError.date,
    last_error_message: webhook.lastError.message,
  }),
  ...(webhook && { max_connections: webhook.settings.maxConnections, ip_address: "127.0.0.1" }),
  ...(allowed && { allowed_updates: allowed }),
});

function readAllowed(world: World, params: Params): void {
  const list = params.json("allowed_updates", "allowed updates");
  if (!Array.isArray(list)) return;
  world.delivery.allowed = list.length > 0 ? list.map(String) : undefined;
}
