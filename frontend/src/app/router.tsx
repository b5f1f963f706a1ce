import { session } from "@/api/session";
import { viewSetup } from "@/api/generated/sdk.gen";
import { below, withoutBase } from "@/lib/base-path";
import { paths } from "@/lib/paths";
import { isRouteModule, releaseTabs, type PageRoute, type ReleaseTabRoute, type RouteModule } from "@/lib/route";
import { NuqsAdapter } from "nuqs/adapters/react-router/v7";
import type { ReactElement } from "react";
import { createBrowserRouter, Outlet, redirect, type LoaderFunctionArgs, type RouteObject } from "react-router";
import { CrashPage, NotFoundPage } from "./error-pages";
import { KnownPages } from "@/ui/known-pages";
import { Shell } from "./shell/shell";
import { StateMark } from "./state-mark";

const modules: Record<string, unknown> = import.meta.glob("../features/*/routes.tsx", { eager: true });

const features: RouteModule[] = Object.values(modules).filter(isRouteModule);

/** Every page of every feature: a feature's `routes.tsx` is all that is needed to add one. */
export const pages: PageRoute[] = features.flatMap(({ routes }) => routes);

/** The tabs of a release, from whichever feature has them. */
const tabs: ReleaseTabRoute[] = features.flatMap((feature) => feature.releaseTabs ?? []);

/** The pattern of every address that shows something: each page, and each tab of a release. */
export const addresses: string[] = [
  ...pages.map(({ path }) => path),
  ...tabs.filter(({ tab }) => tab !== releaseTabs[0]).map(({ tab }) => paths.releaseTab(":number", tab)),
];

/** Lets in who is signed in; everybody else signs in first and comes back to the same address. */
async function requireSession({ request }: LoaderFunctionArgs): Promise<Response | null> {
  const state = await session.start();
  const { pathname, search, hash } = new URL(request.url);
  if (state === "must-change-password") return redirect(paths.changePassword);
  if (state !== "signed-out") return null;
  const { data } = await viewSetup();
  if (data?.needed === true) return redirect(paths.setup);
  const here = withoutBase(pathname) + search + hash;
  return redirect(here === paths.workbench ? paths.signIn : `${paths.signIn}?to=${encodeURIComponent(here)}`);
}

const known: ReadonlySet<string> = new Set([
  ...pages.map(({ path }) => path),
  ...tabs.map(({ tab }) => paths.releaseTab(":number", tab)),
]);

function Root(): ReactElement {
  return (
    <NuqsAdapter>
      <StateMark />
      <KnownPages value={known}>
        <Outlet />
      </KnownPages>
    </NuqsAdapter>
  );
}

export function makeRoutes(): RouteObject[] {
  return [
    {
      element: <Root />,
      errorElement: <CrashPage />,
      hydrateFallbackElement: <img className="fabu-start" src={below("/favicon.svg")} alt="" />,
      children: [
        ...pages.filter(({ handle }) => handle.frame === "none").map(plain),
        {
          element: <Shell />,
          loader: requireSession,
          // Being signed in is asked once per load of the page; afterwards the session tells by itself.
          shouldRevalidate: () => session.state() === "signed-out",
          children: [
            {
              errorElement: <CrashPage />,
              children: [
                ...pages.filter(({ handle }) => handle.frame !== "none").map(plain),
                { path: "*", element: <NotFoundPage /> },
              ],
            },
          ],
        },
      ],
    },
  ];
}

function plain({ path, handle, lazy, children }: PageRoute): RouteObject {
  const below = path === paths.release(":number") ? tabs.map(asTab) : children?.map(plain);
  return { path, handle, lazy, ...(below && { children: below }) };
}

function asTab({ tab, lazy }: ReleaseTabRoute): RouteObject {
  const handle = { title: `release:tab.${tab}` };
  return tab === releaseTabs[0] ? { index: true, handle, lazy } : { path: tab, handle, lazy };
}

export function makeRouter(): ReturnType<typeof createBrowserRouter> {
  return createBrowserRouter(makeRoutes(), { basename: below("/") });
}
