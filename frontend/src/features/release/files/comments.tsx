import { useCommand } from "@/api/command";
import { addCommentMutation } from "@/api/generated/@tanstack/react-query.gen";
import { listComments } from "@/api/generated/sdk.gen";
import { forget, keep, kept } from "@/lib/storage";
import { Loaded, Nothing } from "@/ui/page-states";
import { ProblemAlert } from "@/ui/problem-alert";
import { findAction, useReleasePage } from "@/procedure/release-page";
import { Reasons } from "@/ui/reasons";
import { Section } from "@/ui/section";
import { When } from "@/ui/when";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Flex, Input, Typography } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** What people said about the release, newest first; nothing said is ever changed or removed. */
export function Comments(): ReactElement {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  const comments = useInfiniteQuery({
    queryKey: ["comments", release.number],
    queryFn: async ({ pageParam, signal }) => {
      const query = { order: "newest" as const, limit: 20, ...(pageParam !== "" && { cursor: pageParam }) };
      const { data } = await listComments({ path: { number: release.number }, query, signal, throwOnError: true });
      return data;
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
  return (
    <Section title={t("files:comments.title")}>
      <Flex vertical gap={12}>
        <NewComment />
        <Loaded query={comments} rows={3}>
          {({ pages }) => {
            const all = pages.flatMap(({ items }) => items);
            return all.length === 0 ? (
              <Nothing text={t("files:comments.nothing")} />
            ) : (
              <Flex vertical gap={10}>
                {all.map(({ id, text, by, at }) => (
                  <div key={id} className="fabu-row">
                    <Typography.Text type="secondary">
                      {by?.name ?? t("files:comments.system")} · <When at={at} />
                    </Typography.Text>
                    <div className="fabu-long-text">{text}</div>
                  </div>
                ))}
                {comments.hasNextPage && (
                  <Button loading={comments.isFetchingNextPage} onClick={() => void comments.fetchNextPage()}>
                    {t("files:comments.more")}
                  </Button>
                )}
              </Flex>
            );
          }}
        </Loaded>
      </Flex>
    </Section>
  );
}

const isText = (value: unknown): value is string => typeof value === "string";

/** A new comment; what is typed and not sent stays in the browser. */
function NewComment(): ReactElement | null {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  const draft = `comment.${release.number}`;
  const [text, setText] = useState(() => kept(draft, isText) ?? "");
  const send = useCommand(addCommentMutation(), () => {
    setText("");
    forget(draft);
  });
  const action = findAction(release, "comment");
  if (action === undefined) return null;
  if (!action.allowed) return <Reasons reasons={action.blocked_by} />;
  return (
    <Flex vertical gap={8} className="fabu-no-print">
      <Input.TextArea
        aria-label={t("files:comments.new")}
        placeholder={t("files:comments.new")}
        value={text}
        maxLength={20_000}
        autoSize={{ minRows: 2, maxRows: 10 }}
        onChange={(event) => {
          setText(event.target.value);
          keep(draft, event.target.value);
        }}
      />
      <ProblemAlert error={send.error} />
      <Button
        type="primary"
        style={{ alignSelf: "flex-end" }}
        loading={send.isPending}
        disabled={text.trim() === ""}
        onClick={() => send.mutate({ path: { number: release.number }, body: { text } })}
      >
        {t("files:comments.send")}
      </Button>
    </Flex>
  );
}
