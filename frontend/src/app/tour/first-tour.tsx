import { endTour } from "@/lib/tour";
import { Button, Tour } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** What is shown, in its order: the name of its text, and the part of the shell that carries it as `data-tour`. */
const stops = ["menu", "search", "waiting", "account"] as const;

/** What the parts of every page are for: four stops, to be skipped at any of them. */
export function FirstTour(): ReactElement {
  const { t } = useTranslation();
  // On a phone the menu is folded away: its button stands for it, or the middle of the screen.
  const place = (name: string) => document.querySelector<HTMLElement>(`[data-tour="${name}"]`);
  return (
    <Tour
      open
      onClose={endTour}
      onFinish={endTour}
      steps={stops.map((name, at) => ({
        title: t(`tour:${name}.title`),
        description: t(`tour:${name}.text`),
        target: () => place(name) as HTMLElement,
        nextButtonProps: { children: t(at === stops.length - 1 ? "tour:done" : "tour:next") },
        prevButtonProps: { children: t("tour:back") },
      }))}
      actionsRender={(buttons, { current, total }) => (
        <>
          {current < total - 1 && (
            <Button size="small" type="text" onClick={endTour}>
              {t("tour:skip")}
            </Button>
          )}
          {buttons}
        </>
      )}
    />
  );
}
