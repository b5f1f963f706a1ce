import { listAttachmentsOptions, listAttachmentsQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import type { AttachmentView } from "@/api/generated/types.gen";
import { largestFile, uploadAttachment } from "@/api/upload";
import { formatSize } from "@/ui/files/attachment-links";
import { saveAttachment } from "@/ui/files/download";
import { Loaded, Nothing } from "@/ui/page-states";
import { ProblemAlert } from "@/ui/problem-alert";
import { Reasons } from "@/ui/reasons";
import { findAction, useReleasePage } from "@/procedure/release-page";
import { Section } from "@/ui/section";
import { When } from "@/ui/when";
import { DownloadOutlined, UploadOutlined } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Flex, Input, Progress, Tag, Typography, Upload } from "antd";
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
  const [reason, setReason] = useState("");
  const isAddendum = findAction(release, "add_addendum") !== undefined;
  const action = findAction(release, isAddendum ? "add_addendum" : "attach_file");
  const may = action?.allowed === true && (!isAddendum || reason.trim() !== "");
  const send = useMutation({
    mutationFn: (file: File) =>
      uploadAttachment(
        release.number,
        file,
        (percent) => setSending({ name: file.name, percent }),
        isAddendum ? reason.trim() : undefined,
      ),
    onSuccess: () => {
      setReason("");
      return queries.invalidateQueries({ queryKey: listAttachmentsQueryKey({ path }) });
    },
    onSettled: () => setSending(undefined),
  });
  return (
    <Section
      title={t("files:attachments.title")}
      extra={
        <Upload
          accept={accepted}
          disabled={!may}
          showUploadList={false}
          beforeUpload={(file) => {
            const isTooLarge = file.size > largestFile;
            setTooLarge(isTooLarge ? file.name : undefined);
            if (!isTooLarge) send.mutate(file);
            return false;
          }}
        >
          <Button
            icon={<UploadOutlined aria-hidden />}
            loading={send.isPending}
            disabled={!may}
            className="fabu-no-print"
          >
            {t(isAddendum ? "files:attachments.addLate" : "files:attachments.add")}
          </Button>
        </Upload>
      }
    >
      <Flex vertical gap={10}>
        <Typography.Text type="secondary" className="fabu-no-print">
          {t("files:attachments.limits")}
        </Typography.Text>
        {action !== undefined && !action.allowed && <Reasons reasons={action.blocked_by} />}
        {isAddendum && action?.allowed === true && (
          <Input.TextArea
            aria-label={t("files:attachments.reason")}
            placeholder={t("files:attachments.reason")}
            value={reason}
            maxLength={20_000}
            autoSize={{ minRows: 1, maxRows: 6 }}
            onChange={(event) => setReason(event.target.value)}
            className="fabu-no-print"
          />
        )}
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
                {[...items.filter(isOfRecord), ...items.filter((file) => !isOfRecord(file))].map((file) => (
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

/** False for what was added after closing: it stands apart, after the record itself. */
function isOfRecord({ addendum_reason: reason }: AttachmentView): boolean {
  return reason === null;
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
        {file.addendum_reason !== null && (
          <Tag color="gold" style={{ margin: 0 }}>
            {t("files:attachments.addendum")}
          </Tag>
        )}
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
      {file.addendum_reason !== null && (
        <div className="fabu-long-text">{t("files:attachments.because", { reason: file.addendum_reason })}</div>
      )}
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
