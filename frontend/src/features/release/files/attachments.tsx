import { listAttachmentsOptions, listAttachmentsQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import type { AttachmentView } from "@/api/generated/types.gen";
import { largestFile, uploadAttachment } from "@/api/upload";
import { formatSize } from "@/ui/files/attachment-links";
import { saveAttachment } from "@/ui/files/download";
import { Loaded, Nothing } from "@/ui/page-states";
import { ProblemAlert } from "@/ui/problem-alert";
import { useReleasePage } from "@/ui/procedure/release-page";
import { Section } from "@/ui/section";
import { When } from "@/ui/when";
import { DownloadOutlined, UploadOutlined } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Flex, Progress, Typography, Upload } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";

const accepted = ".pdf,.png,.jpg,.jpeg,.docx,.xlsx,.pptx,.zip,.gz,.txt,.log,.csv,.md,.sql,.json,.xml,.yaml,.yml";

interface Sending {
  name: string;
  percent: number;
}

/** The files of the release: their limits told beforehand, their progress while they go, their fingerprints. */
export function Attachments(): ReactElement {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  const queries = useQueryClient();
  const path = { number: release.number };
  const files = useQuery(listAttachmentsOptions({ path }));
  const [sending, setSending] = useState<Sending>();
  const [tooLarge, setTooLarge] = useState<string>();
  const send = useMutation({
    mutationFn: (file: File) =>
      uploadAttachment(release.number, file, (percent) => setSending({ name: file.name, percent })),
    onSuccess: () => queries.invalidateQueries({ queryKey: listAttachmentsQueryKey({ path }) }),
    onSettled: () => setSending(undefined),
  });
  return (
    <Section
      title={t("files:attachments.title")}
      extra={
        <Upload
          accept={accepted}
          showUploadList={false}
          beforeUpload={(file) => {
            const isTooLarge = file.size > largestFile;
            setTooLarge(isTooLarge ? file.name : undefined);
            if (!isTooLarge) send.mutate(file);
            return false;
          }}
        >
          <Button icon={<UploadOutlined aria-hidden />} loading={send.isPending} className="fabu-no-print">
            {t("files:attachments.add")}
          </Button>
        </Upload>
      }
    >
      <Flex vertical gap={10}>
        <Typography.Text type="secondary" className="fabu-no-print">
          {t("files:attachments.limits")}
        </Typography.Text>
        {tooLarge !== undefined && (
          <Alert type="warning" showIcon title={t("files:attachments.tooLarge", { name: tooLarge })} />
        )}
        {sending && (
          <div role="status">
            {sending.name}
            <Progress percent={sending.percent} aria-label={t("files:attachments.progress", { name: sending.name })} />
          </div>
        )}
        <ProblemAlert error={send.error} />
        <Loaded query={files} rows={3}>
          {({ items }) =>
            items.length === 0 ? (
              <Nothing text={t("files:attachments.nothing")} />
            ) : (
              <Flex vertical gap={8}>
                {items.map((file) => (
                  <Attachment key={file.id} number={release.number} file={file} />
                ))}
              </Flex>
            )
          }
        </Loaded>
      </Flex>
    </Section>
  );
}

function Attachment({ number, file }: { number: string; file: AttachmentView }): ReactElement {
  const { t } = useTranslation();
  const save = useMutation({ mutationFn: () => saveAttachment(number, file.id, file.file_name) });
  return (
    <div className="fabu-row">
      <Flex gap={8} wrap align="baseline">
        <Typography.Text strong style={{ overflowWrap: "anywhere" }}>
          {file.file_name}
        </Typography.Text>
        <Typography.Text type="secondary">{formatSize(file.size)}</Typography.Text>
        <Typography.Text type="secondary">
          {file.uploaded_by.name} · <When at={file.uploaded_at} />
        </Typography.Text>
        <Button
          size="small"
          icon={<DownloadOutlined aria-hidden />}
          loading={save.isPending}
          onClick={() => save.mutate()}
          aria-label={t("files:attachments.saveName", { name: file.file_name })}
          className="fabu-no-print"
          style={{ marginInlineStart: "auto" }}
        >
          {t("files:attachments.save")}
        </Button>
      </Flex>
      <Typography.Text
        type="secondary"
        copyable={{ text: file.sha256 }}
        style={{ fontSize: 12, wordBreak: "break-all" }}
      >
        SHA-256 {file.sha256}
      </Typography.Text>
      <ProblemAlert error={save.error} />
    </div>
  );
}
