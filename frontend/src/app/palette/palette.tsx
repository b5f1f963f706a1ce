import { listReleasesOptions } from "@/api/generated/@tanstack/react-query.gen";
import { paths } from "@/lib/paths";
import { useKnownPages } from "@/ui/known-pages";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Modal, theme } from "antd";
import { Command } from "cmdk";
import { useDeferredValue, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { destinations } from "./destinations";
import "./palette.css";

interface Props {
  isOpen: boolean;
  close: () => void;
}

/** One field for going anywhere: pages by name, releases by number or title. */
export function Palette({ isOpen, close }: Props): ReactElement {
  const { t } = useTranslation();
  return (
    <Modal
      open={isOpen}
      onCancel={close}
      footer={null}
      closable={false}
      title={<span className="fabu-hidden">{t("palette:title")}</span>}
      destroyOnHidden
      styles={{ container: { padding: 8 }, header: { margin: 0 } }}
    >
      <Content close={close} />
    </Modal>
  );
}

function Content({ close }: { close: () => void }): ReactElement {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const navigate = useNavigate();
  const known = useKnownPages();
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(typed.trim());
  const releases = useQuery({
    ...listReleasesOptions({ query: { q, limit: 8 } }),
    enabled: q.length > 1,
    placeholderData: keepPreviousData,
  });
  const go = (to: string) => {
    close();
    void navigate(to);
  };
  const found = q.length > 1 ? (releases.data?.items ?? []) : [];
  return (
    <Command label={t("palette:title")} className="fabu-palette" style={{ color: token.colorText }} loop>
      <Command.Input
        value={typed}
        onValueChange={setTyped}
        placeholder={t("palette:placeholder")}
        autoFocus
        style={{ background: "transparent", color: token.colorText, borderColor: token.colorBorderSecondary }}
      />
      <Command.List>
        <Command.Empty>{t("palette:nothing")}</Command.Empty>
        <Command.Group heading={t("palette:pages")}>
          {destinations
            .filter(({ to }) => known.has(to))
            .map(({ name, to }) => (
              <Command.Item key={to} value={`${t(name)} ${to}`} onSelect={() => go(to)}>
                {t(name)}
              </Command.Item>
            ))}
        </Command.Group>
        {found.length > 0 && (
          <Command.Group heading={t("palette:releases")} forceMount>
            {found.map(({ id, number, title, stage }) => (
              <Command.Item key={id} value={`${number} ${title}`} onSelect={() => go(paths.release(number))} forceMount>
                <span>{title}</span>
                <small>
                  {number} · {stage.name}
                </small>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {q !== "" && (
          <Command.Group heading={t("palette:search")} forceMount>
            <Command.Item
              value={`search ${q}`}
              forceMount
              onSelect={() => go(`${paths.releases}?${new URLSearchParams({ q }).toString()}`)}
            >
              {t("palette:searchFor", { text: q })}
            </Command.Item>
          </Command.Group>
        )}
      </Command.List>
    </Command>
  );
}
