import type { MiddlewareHandler } from "hono";

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  // The script sets text, never markup; the browser holds it to that.
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

/** Sets what keeps foreign content, foreign frames and prying eyes away from the page. */
export const guardHeaders: MiddlewareHandler = async (context, next) => {
  context.header("content-security-policy", policy);
  context.header("referrer-policy", "no-referrer");
  context.header("x-content-type-options", "nosniff");
  context.header("cross-origin-opener-policy", "same-origin");
  context.header("cross-origin-resource-policy", "same-origin");
  context.header("permissions-policy", "camera=(), geolocation=(), microphone=()");
  context.header("cache-control", "no-store");
  await next();
};
