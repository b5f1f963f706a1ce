import { startClient } from "@/api/client";
import { makeQueryClient } from "@/api/queries";
import { firstLanguage, startLanguage } from "@/lib/language";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import { Providers } from "./providers";
import { makeRouter } from "./router";
import "./style.css";

async function start(): Promise<void> {
  startClient();
  await startLanguage(firstLanguage());
  const root = document.getElementById("root");
  if (root === null) return;
  createRoot(root).render(
    <StrictMode>
      <Providers queries={makeQueryClient()}>
        <RouterProvider router={makeRouter()} />
      </Providers>
    </StrictMode>,
  );
}

void start();
