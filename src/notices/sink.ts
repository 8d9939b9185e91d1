import type { PoolClient } from "pg";
import type { News } from "../domain/news.ts";

/**
 * A way to get news to staff. It writes within the transaction in which the news came about, so that both stand or
 * neither; what leaves the house (e-mail, a webhook) goes by a row or job of its own that is written there.
 *
 * @returns the lanes that have something to be sent after the commit
 */
export type Sink = (client: PoolClient, news: News) => Promise<string[]>;

/** All sinks as one. One after another: they share the transaction. */
export function tellAll(sinks: Sink[]): Sink {
  return async (client, news) => {
    const lanes: string[] = [];
    for (const sink of sinks) lanes.push(...(await sink(client, news)));
    return lanes;
  };
}
