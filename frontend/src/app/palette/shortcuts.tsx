import { useShortcuts } from "@/lib/shortcuts";
import { useKnownPages } from "@/ui/known-pages";
import { Modal } from "antd";
import { lazy, Suspense, useState, type ReactElement } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { destinations, type Destination } from "./destinations";

const Palette = lazy(() => import("./palette").then((module) => ({ default: module.Palette })));

/** The keys that work on every page: the palette, going to a page, the list of keys. */
export function Shortcuts(): ReactElement {
  const known = useKnownPages();
  const areOn = useShortcuts();
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const [isListOpen, setListOpen] = useState(false);
  useHotkeys("mod+k", () => setPaletteOpen(true), { preventDefault: true, enableOnFormTags: true });
  useHotkeys("slash", () => setPaletteOpen(true), { preventDefault: true, enabled: areOn });
  useHotkeys("shift+slash", () => setListOpen(true), { preventDefault: true, enabled: areOn });
  const going = destinations.filter(({ to, keys }) => keys !== undefined && known.has(to));
  return (
    <>
      {areOn && going.map((destination) => <Going key={destination.to} destination={destination} />)}
      <Suspense>{isPaletteOpen && <Palette isOpen close={() => setPaletteOpen(false)} />}</Suspense>
      <KeyList isOpen={isListOpen} close={() => setListOpen(false)} going={going} />
    </>
  );
}

function Going({ destination: { to, keys = "" } }: { destination: Destination }): null {
  const navigate = useNavigate();
  useHotkeys(keys, () => void navigate(to));
  return null;
}

interface ListProps {
  isOpen: boolean;
  close: () => void;
  going: readonly Destination[];
}

function KeyList({ isOpen, close, going }: ListProps): ReactElement {
  const { t } = useTranslation();
  const rows: [string, string][] = [
    ["Ctrl K · ⌘ K · /", t("palette:keys.palette")],
    ...going.map(({ keys = "", name }): [string, string] => [keys.replace(">", " "), t(name)]),
    ["j · k", t("palette:keys.rows")],
    ["?", t("palette:keys.list")],
  ];
  return (
    <Modal open={isOpen} onCancel={close} footer={null} title={t("palette:keys.title")}>
      <table style={{ width: "100%", borderSpacing: "0 6px" }}>
        <tbody>
          {rows.map(([keys, what]) => (
            <tr key={keys}>
              <th scope="row" style={{ textAlign: "start", width: "40%" }}>
                <kbd>{keys}</kbd>
              </th>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}
