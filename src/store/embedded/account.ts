import { execFileSync, spawnSync } from "node:child_process";
import { userInfo } from "node:os";

/** The system user that PostgreSQL runs as; `undefined` stands for the one that runs this process. */
export type Account = { uid: number; gid: number } | undefined;

/** A program with its arguments, and the options with which `spawn` runs it as an account. */
export type Call = { command: string; args: string[]; options: { uid?: number; gid?: number } };

/** Returns the account for PostgreSQL, which refuses to run as root: root gets the user `postgres`, made when missing. */
export function findAccount(): Account {
  if (userInfo().uid !== 0) return undefined;
  const existing = lookUp();
  if (existing) return existing;
  execFileSync("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"]);
  return lookUp();
}

function lookUp(): Account {
  const ask = (flag: string) =>
    Number(spawnSync("id", [flag, "postgres"], { encoding: "utf8" }).stdout.trim() || Number.NaN);
  const [uid, gid] = [ask("-u"), ask("-g")];
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : undefined;
}

/**
 * Says how to run a program as an account that must be able to reach all of `paths`.
 *
 * Below a closed directory, such as root's home, another user reaches nothing. Rather than open that directory, the
 * program then keeps root's one right to pass through it (`setpriv` is part of every Debian).
 */
export function callAs(account: Account, paths: string[], command: string, args: string[]): Call {
  if (!account) return { command, args, options: {} };
  const reachable = paths.every((path) => spawnSync("test", ["-e", path], account).status === 0);
  if (reachable) return { command, args, options: account };
  const right = "+dac_override";
  const identity = [`--reuid=${account.uid}`, `--regid=${account.gid}`, "--clear-groups"];
  return {
    command: "setpriv",
    // Without the last one, access(2), with which PostgreSQL looks for its own files, knows nothing of that right.
    args: [
      ...identity,
      `--inh-caps=${right}`,
      `--ambient-caps=${right}`,
      "--securebits=+no_setuid_fixup",
      command,
      ...args,
    ],
    options: {},
  };
}
