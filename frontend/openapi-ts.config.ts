import { defineConfig } from "@hey-api/openapi-ts";

export default defineConfig({
  input: "../openapi/openapi.json",
  output: { path: process.env["FABU_CLIENT_OUT"] ?? "src/api/generated" },
  logs: { level: "warn" },
  plugins: [
    { name: "@hey-api/client-fetch" },
    "@hey-api/typescript",
    "@hey-api/sdk",
    { name: "@tanstack/react-query", infiniteQueryOptions: false, queryOptions: true, mutationOptions: true },
  ],
});
