import { useCommand } from "@/api/command";
import { addMediaFileMutation, listMediaFilesOptions } from "@/api/generated/@tanstack/react-query.gen";
import { downloadMediaFile } from "@/api/generated/sdk.gen";
import type { MediaFileView, MediaItemView } from "@/api/generated/types.gen";
import { Dialog } from "@/ui/dialog";
import { saveBytes } from "@/ui/files/download";
import { Loaded, Nothing } from "@/ui/page-states";
import { ProblemAlert } from "@/ui/problem-alert";
import { When } from "@/ui/when";
import { PaperClipOutlined, UploadOutlined } from "@ant-design/icons";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Flex, Tag, Typography, Upload } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { OperationButton } from "./register/operation-button";

/** What a medium is made of: its bills of materials, read for the hash (9.2a). */
export function MediaFiles({ medium }: { medium: MediaItemView }): ReactElement {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t("registers:media.files")}
      </Button>
      {isOpen && (
        <Dialog
          open
          title={t("registers:media.filesOf", { name: `${medium.name} ${medium.item_version}` })}
          footer={null}
          onCancel={() => setOpen(false)}
        >
          <Files medium={medium} />
        </Dialog>
      )}
    </>
  );
}

function Files({ medium: { id } }: { medium: MediaItemView }): ReactElement {
  const { t } = useTranslation();
  const files = useQuery(listMediaFilesOptions({ path: { id } }));
  const add = useCommand(addMediaFileMutation());
  return (
    <Flex vertical gap={12}>
      <Typography.Text type="secondary">{t("registers:media.filesAbout")}</Typography.Text>
      <Loaded query={files} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing text={t("registers:media.noFiles")} />
          ) : (
            <Flex vertical gap={8}>
              {items.map((file) => (
                <File key={file.id} medium={id} file={file} />
              ))}
            </Flex>
          )
        }
      </Loaded>
      <Upload
        accept=".json"
        showUploadList={false}
        beforeUpload={(file) => {
          add.mutate({ path: { id }, body: { file } });
          return false;
        }}
      >
        <OperationButton operation="add_media_file" icon={<UploadOutlined />} loading={add.isPending}>
          {t("registers:media.upload")}
        </OperationButton>
      </Upload>
      <ProblemAlert error={add.error} />
    </Flex>
  );
}

function File({ medium, file }: { medium: string; file: MediaFileView }): ReactElement {
  const { t } = useTranslation();
  const save = useMutation({
    mutationFn: async () => {
      const path = { id: medium, file: file.id };
      const { data } = await downloadMediaFile({ path, parseAs: "blob", throwOnError: true });
      saveBytes(data, file.file_name);
    },
  });
  return (
    <div className="fabu-row">
      <Flex gap={8} wrap align="baseline">
        <Button
          type="link"
          size="small"
          icon={<PaperClipOutlined />}
          style={{ paddingInline: 0, whiteSpace: "normal", height: "auto", textAlign: "start" }}
          onClick={() => save.mutate()}
        >
          {file.file_name}
        </Button>
        <Tag style={{ margin: 0 }}>
          {t(`enums:SbomFormat.${file.format}`)} {file.format_version}
        </Tag>
        <Typography.Text>{t("registers:media.components", { count: file.components })}</Typography.Text>
        {!file.names_hash && (
          <Tag color="warning" style={{ margin: 0 }}>
            {t("registers:media.noHash")}
          </Tag>
        )}
      </Flex>
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>
        {file.uploaded_by.name} · <When at={file.uploaded_at} />
      </Typography.Text>
      <ProblemAlert error={save.error} />
    </div>
  );
}
