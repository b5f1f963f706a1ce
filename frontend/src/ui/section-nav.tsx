import { useKnownPages } from "@/ui/known-pages";
import { Flex, theme } from "antd";
import type { ReactElement } from "react";
import { NavLink } from "react-router";

interface Props {
  /** What the pages have in common. */
  label: string;
  /** Those without a page are left out. */
  pages: readonly { to: string; label: string }[];
}

/** Leads between the pages of one part of the system; wraps on a narrow screen. */
export function SectionNav({ label, pages }: Props): ReactElement {
  const { token } = theme.useToken();
  const known = useKnownPages();
  return (
    <Flex
      component="nav"
      aria-label={label}
      gap="0 20px"
      wrap
      className="fabu-no-print"
      style={{ borderBlockEnd: `1px solid ${token.colorBorderSecondary}` }}
    >
      {pages
        .filter(({ to }) => known.has(to))
        .map(({ to, label: name }) => (
          <NavLink
            key={to}
            to={to}
            // The page that others lie below is marked only when it is shown itself.
            end={pages.some((other) => other.to.startsWith(`${to}/`))}
            style={({ isActive }) => ({
              paddingBlock: 8,
              color: isActive ? token.colorLink : token.colorText,
              fontWeight: isActive ? 600 : 400,
              boxShadow: isActive ? `inset 0 -2px 0 ${token.colorLink}` : undefined,
            })}
          >
            {name}
          </NavLink>
        ))}
    </Flex>
  );
}
