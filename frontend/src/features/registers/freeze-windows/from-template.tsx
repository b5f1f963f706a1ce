import { useCommand } from "@/api/command";
import { createFreezeWindowMutation, viewFreezeProposalsOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { FreezeProposalView } from "@/api/generated/types.gen";
import { formatWindow } from "@/lib/time";
import { Dialog } from "@/ui/dialog";
import { ProblemAlert } from "@/ui/problem-alert";
import { useQuery } from "@tanstack/react-query";
import { Alert, Checkbox, Flex, InputNumber, Typography } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { OperationButton } from "../register/operation-button";

/** Enters the freezes of a year as the working calendar proposes them. */
export function FromTemplate(): ReactElement {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <OperationButton operation="create_freeze_window" onClick={() => setIsOpen(true)}>
        {t("freezes:fromTemplate")}
      </OperationButton>
      {isOpen && <Proposals onClose={() => setIsOpen(false)} />}
    </>
  );
}

function Proposals({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const [year, setYear] = useState(new Date().getFullYear() + 1);
  const [chosen, setChosen] = useState<string[]>([]);
  const proposed = useQuery(viewFreezeProposalsOptions({ path: { year } }));
  const create = useCommand(createFreezeWindowMutation());
  const proposals = proposed.data?.proposals ?? [];
  const wanted = proposals.filter(({ name }) => chosen.includes(name));
  /** One after the other: what was entered leaves the list of the chosen, so that a refusal repeats nothing. */
  const enter = async () => {
    for (const { name, kind, reason, starts, ends } of wanted) {
      await create.mutateAsync({
        body: { name, kind, reason, starts, ends, allowed: ["emergency"], authority: "general_manager" },
      });
      setChosen((names) => names.filter((other) => other !== name));
    }
    onClose();
  };
  return (
    <Dialog
      open
      title={t("freezes:fromTemplate")}
      okText={t("freezes:enter", { count: wanted.length })}
      cancelText={t("common:cancel")}
      okButtonProps={{ disabled: wanted.length === 0 }}
      confirmLoading={create.isPending}
      onOk={() => void enter().catch(() => undefined)}
      onCancel={onClose}
    >
      <Flex vertical gap={12}>
        <Typography.Text type="secondary">{t("freezes:templateRule")}</Typography.Text>
        <Flex gap={8} align="center">
          <label htmlFor="freeze-year">{t("freezes:year")}</label>
          <InputNumber
            id="freeze-year"
            value={year}
            min={2000}
            max={2100}
            precision={0}
            onChange={(value) => {
              if (value !== null) setYear(value);
              setChosen([]);
            }}
          />
        </Flex>
        {proposed.data?.missing.map(({ template, text }) => (
          <Alert
            key={template}
            type="warning"
            showIcon
            title={t(`enums:FreezeTemplate.${template}`)}
            description={text}
          />
        ))}
        <Checkbox.Group value={chosen} onChange={setChosen}>
          <Flex vertical gap={8}>
            {proposals.map((proposal) => (
              <Proposal key={proposal.name} proposal={proposal} />
            ))}
          </Flex>
        </Checkbox.Group>
        <ProblemAlert error={create.error ?? proposed.error} />
      </Flex>
    </Dialog>
  );
}

function Proposal({ proposal: { name, starts, ends } }: { proposal: FreezeProposalView }): ReactElement {
  return (
    <Checkbox value={name}>
      {name} <Typography.Text type="secondary">{formatWindow(starts, ends)}</Typography.Text>
    </Checkbox>
  );
}
