// The built jar on a world of its own, which goes with it.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

export async function serve() {
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin/java") : "java";
  const child = spawn(java, ["-Xmx256m", "-jar", "target/glimpse.jar", "--ephemeral", "--port", "0"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  for await (const line of createInterface(child.stdout)) return { url: JSON.parse(line).url, stop: () => child.kill() };
  throw new Error("the server did not start");
}
