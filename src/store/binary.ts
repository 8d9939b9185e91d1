// PostgreSQL's binary form of arrays for parameters: no escaping here, no parsing there. (Results come as text: pg reads
// every value as UTF-8 first, which spoils binary ones.)
// Layout: https://github.com/postgres/postgres/blob/master/src/backend/utils/adt/arrayfuncs.c (array_send)

const uuidType = 2950;
const bytesType = 17;
const textType = 25;
const intType = 23;
const bigintType = 20;

function header(into: Buffer, type: number, length: number): void {
  into.writeInt32BE(1, 0); // dimensions
  into.writeInt32BE(1, 4); // may have nulls
  into.writeInt32BE(type, 8);
  into.writeInt32BE(length, 12);
  into.writeInt32BE(1, 16); // first index
}

function empty(type: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeInt32BE(type, 8);
  return bytes;
}

function array<T>(
  type: number,
  items: readonly (T | null)[],
  size: (item: T) => number,
  write: (item: T, into: Buffer, at: number) => void,
): Buffer {
  if (items.length === 0) return empty(type);
  let total = 20;
  for (const item of items) total += 4 + (item === null ? 0 : size(item));
  const bytes = Buffer.allocUnsafe(total);
  header(bytes, type, items.length);
  let at = 20;
  for (const item of items) {
    if (item === null) {
      bytes.writeInt32BE(-1, at);
      at += 4;
      continue;
    }
    const length = size(item);
    bytes.writeInt32BE(length, at);
    write(item, bytes, at + 4);
    at += 4 + length;
  }
  return bytes;
}

/** uuid[] from their usual text form. */
export function uuids(items: readonly string[]): Buffer {
  return array(
    uuidType,
    items,
    () => 16,
    (item, into, at) => void into.write(item.replaceAll("-", ""), at, "hex"),
  );
}

/** bytea[]. */
export function byteas(items: readonly Uint8Array[]): Buffer {
  return array(
    bytesType,
    items,
    (item) => item.length,
    (item, into, at) => into.set(item, at),
  );
}

/** text[], null for NULL. */
export function texts(items: readonly (string | null)[]): Buffer {
  return array(
    textType,
    items,
    (item) => Buffer.byteLength(item),
    (item, into, at) => void into.write(item, at),
  );
}

/** int4[]. */
export function ints(items: readonly number[]): Buffer {
  return array(
    intType,
    items,
    () => 4,
    (item, into, at) => void into.writeInt32BE(item, at),
  );
}

/** int8[], null for NULL; whole numbers up to 2^53. */
export function bigints(items: readonly (number | null)[]): Buffer {
  return array(
    bigintType,
    items,
    () => 8,
    (item, into, at) => void into.writeBigInt64BE(BigInt(item), at),
  );
}
