import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const server = process.env["FABU_SERVER"] ?? "http://127.0.0.1:18100";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("src", import.meta.url)) } },
  build: {
    // One level below `dist`, whose committed `.gitignore` lets cargo watch a folder that always exists.
    outDir: "dist/pages",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2023",
    // Never inside the page: its security policy lets in only what comes from its own address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // The parts that nearly every page uses are loaded once, so that a page is only its own code. What is heavy and
          // rare (charts, calendar, palette, text differences) comes with the pages that import it.
          groups: [
            {
              name: "react",
              test: /node_modules\/(react|react-dom|react-router|scheduler|@tanstack|nuqs|i18next|react-i18next)\//,
            },
            { name: "antd", test: /node_modules\/(antd|@rc-component|@ant-design|dayjs)\// },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: { "/api": { target: server, changeOrigin: true } },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/app/test-setup.ts"],
    restoreMocks: true,
    testTimeout: 15_000,
  },
});
