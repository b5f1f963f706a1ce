import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { createMemoryRouter, Link, RouterProvider } from "react-router";
import { afterEach, describe, expect, it } from "vitest";
import { LeaveQuestion } from "./leave-question";

function show(isEntered: boolean) {
  const form = (
    <>
      <Link to="/elsewhere">other</Link>
      <LeaveQuestion isEntered={() => isEntered} />
    </>
  );
  const routes = [
    { path: "/", element: form },
    { path: "/elsewhere", element: <p>elsewhere</p> },
  ];
  render(<RouterProvider router={createMemoryRouter(routes)} />);
}

const leave = () => userEvent.click(screen.getByRole("link", { name: "other" }));
const press = async (name: RegExp) => userEvent.click(await screen.findByRole("button", { name }));

function reload(): boolean {
  const event = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(event);
  return event.defaultPrevented;
}

afterEach(cleanup);

describe("leaving a form that is half filled", () => {
  it("is asked about, and stays when the person says so", async () => {
    show(true);
    expect(reload()).toBe(true);
    await leave();
    await press(/留\s*下/);
    expect(screen.queryByText("elsewhere")).toBeNull();
    await leave();
    await press(/离\s*开/);
    await screen.findByText("elsewhere");
  });

  it("is not asked about while nothing was entered", async () => {
    show(false);
    expect(reload()).toBe(false);
    await leave();
    await screen.findByText("elsewhere");
  });
});
