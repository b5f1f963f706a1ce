import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const server = process.env["FABU_SERVER"] ?? "http://127.0.0.1:18100";

export default defineConfig({
  plugins: [react()],
  // Scripts and styles find each other wherever they lie: the server may serve them below a path, which it writes into the page.
  experimental: {
    renderBuiltUrl: (filename, { hostType }) => (hostType === "html" ? `/${filename}` : { relative: true }),
  },
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
          // What the shell needs is loaded at once, in two files that change at different times. The other parts of Ant
          // Design come once with the first page that needs them, and the heaviest, for lists, with the first list. So a
          // page is only its own code, and what is rare (charts, calendar, palette, text differences) stays with its pages.
          groups: [
            {
              name: "react",
              tags: ["$initial"],
              test: /node_modules\/(react|react-dom|react-router|scheduler)\//,
              priority: 4,
            },
            { name: "base", tags: ["$initial"], test: /node_modules\//, priority: 3 },
            {
              name: "lists",
              test: /node_modules\/(antd\/es\/(table|date-picker|tree|pagination|calendar|time-picker)|@rc-component\/(table|picker|tree|pagination))\//,
              priority: 2,
              includeDependenciesRecursively: false,
            },
            {
              name: "parts",
              test: /node_modules\/(?!(echarts|zrender|tslib|@fullcalendar|@full-ui|temporal-polyfill|temporal-utils|preact|cmdk|@radix-ui|react-remove-scroll|react-remove-scroll-bar|react-style-singleton|use-callback-ref|use-sidecar|aria-hidden|get-nonce|detect-node-es|diff)\/)/,
              priority: 1,
              includeDependenciesRecursively: false,
            },
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
