import { Crowd } from "./crowd.ts";
import type { Order } from "./crowd-orders.ts";

// People and their Bot API server together, as a process of its own: the server knows when somebody is answered, and
// two processes would take more of the cores that the measured programs need.

const crowd = new Crowd();
const tell = (message: unknown) => process.send?.(message);

process.on("message", async ({ id, order }: { id: number; order: Order }) => {
  try {
    // The order's type is the name of what carries it out.
    const carryOut = crowd.orders[order.type] as (order: Order) => Promise<unknown>;
    tell({ id, report: await carryOut(order) });
  } catch (error) {
    tell({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
// Whoever ordered is gone.
process.on("disconnect", () => process.exit());

tell({ url: await crowd.listen() });
