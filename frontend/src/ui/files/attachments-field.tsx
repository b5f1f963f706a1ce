import { useCommand } from "@/api/command";
import { addAttachmentMutation, listAttachmentsOptions } from "@/api/generated/@tanstack/react-query.gen";
import { ProblemAlert } from "@/ui/problem-alert";
import { DeleteOutlined, PaperClipOutlined, UploadOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Flex, Select, Upload } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  /** The release that the files belong to. */
  number: string;
  id?: string;
  value?: readonly string[];
  onChange?: (ids: string[]) => void;
}

const accepted = ".pdf,.png,.jpg,.jpeg,.docx,.xlsx,.pptx,.zip,.gz,.txt,.log,.csv,.md,.sql,.json,.xml,.yaml,.yml";

/** Files that show something: uploaded here, or chosen from those that the release has. Its value is the list of their ids. */
export function AttachmentsField({ number, id, value = [], onChange }: Props): ReactElement {
  const { t } = useTranslation();
  const files = useQuery(listAttachmentsOptions({ path: { number } }));
  const add = useCommand(addAttachmentMutation(), ({ id: added }) => onChange?.([...value, added]));
  const all = files.data?.items ?? [];
  const others = all.filter((file) => !value.includes(file.id));
  return (
    <Flex vertical gap={6} align="stretch">
      {value.map((file) => {
        const name = all.find((known) => known.id === file)?.file_name ?? "…";
        return (
          <Flex key={file} gap={6} align="center">
            <PaperClipOutlined aria-hidden />
            <span style={{ flex: 1, minWidth: 0, overflowWrap: "anywhere" }}>{name}</span>
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t("form:files.leaveOut", { name })}
              onClick={() => onChange?.(value.filter((kept) => kept !== file))}
            />
          </Flex>
        );
      })}
      <Flex gap={8} wrap>
        <Upload
          {...(id !== undefined && { id })}
          accept={accepted}
          showUploadList={false}
          beforeUpload={(file) => {
            add.mutate({ path: { number }, body: { file } });
            return false;
          }}
        >
          <Button icon={<UploadOutlined />} loading={add.isPending}>
            {t("form:files.upload")}
          </Button>
        </Upload>
        {others.length > 0 && (
          <Select
            aria-label={t("form:files.existing")}
            placeholder={t("form:files.existing")}
            value={null}
            showSearch={{ optionFilterProp: "label" }}
            options={others.map((file) => ({ value: file.id, label: file.file_name }))}
            onSelect={(chosen: string | null) => {
              if (chosen !== null) onChange?.([...value, chosen]);
            }}
            style={{ minWidth: 180, flex: 1 }}
          />
        )}
      </Flex>
      <ProblemAlert error={add.error} />
    </Flex>
  );
}
