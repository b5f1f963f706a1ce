import { listAttachmentsOptions } from "@/api/generated/@tanstack/react-query.gen";
import { ProblemAlert } from "@/ui/problem-alert";
import { PaperClipOutlined } from "@ant-design/icons";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Flex } from "antd";
import type { ReactElement } from "react";
import { saveAttachment } from "./download";

interface Props {
  number: string;
  ids: readonly string[];
}

/** Files of a release by name, each to be saved. */
export function AttachmentLinks({ number, ids }: Props): ReactElement | null {
  const files = useQuery({ ...listAttachmentsOptions({ path: { number } }), enabled: ids.length > 0 });
  const save = useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) => saveAttachment(number, id, name),
  });
  const named = files.data?.items.filter(({ id }) => ids.includes(id)) ?? [];
  if (ids.length === 0) return null;
  return (
    <Flex vertical gap={4} align="start">
      {named.map(({ id, file_name, size }) => (
        <Button
          key={id}
          type="link"
          size="small"
          icon={<PaperClipOutlined />}
          style={{ paddingInline: 0, maxWidth: "100%", whiteSpace: "normal", height: "auto", textAlign: "start" }}
          onClick={() => save.mutate({ id, name: file_name })}
        >
          {file_name} ({formatSize(size)})
        </Button>
      ))}
      <ProblemAlert error={files.error ?? save.error} />
    </Flex>
  );
}

/** `340 kB`, `2.1 MB`. */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
