// Writes the API client from ../openapi/openapi.json; with --check only compares it with the committed one.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const committed = join(root, "src/api/generated");

function write(folder) {
  execFileSync(process.execPath, [join(root, "node_modules/@hey-api/openapi-ts/bin/run.js")], {
    cwd: root,
    env: { ...process.env, FABU_CLIENT_OUT: folder },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

function files(folder) {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    names.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length + 1), readFileSync(path, "utf8")];
    }),
  );
}

if (process.argv.includes("--check")) {
  const folder = mkdtempSync(join(tmpdir(), "fabu-client-"));
  try {
    write(folder);
    const [fresh, old] = [files(folder), files(committed)];
    const different = [...new Set([...fresh.keys(), ...old.keys()])].filter(
      (name) => fresh.get(name) !== old.get(name),
    );
    if (different.length > 0) {
      console.error(`the client does not fit openapi.json; run "npm run generate":\n  ${different.join("\n  ")}`);
      process.exitCode = 1;
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
} else {
  write(committed);
}
