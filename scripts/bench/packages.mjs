// Packages that are installed in target/bench rather than beside the sources.
import { createRequire } from "node:module";

const require = createRequire(new URL("../../target/bench/", import.meta.url));
export const fastify = require("fastify");
export const Sqlite = require("better-sqlite3");
