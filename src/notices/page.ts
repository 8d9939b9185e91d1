import { keepNotice } from "../store/staff-notices.ts";
import type { Sink } from "./sink.ts";

/** Keeps news for the staff page of whomever they are for. */
export const page: Sink = async (client, news) => {
  await keepNotice(client, news);
  return [];
};
