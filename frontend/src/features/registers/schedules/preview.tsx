import { previewReportScheduleOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { MessagePreview, SectionPreview } from "@/api/generated/types.gen";
import { Loaded, Nothing } from "@/ui/page-states";
import { PaperClipOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Collapse, Flex, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** What an arrangement would send now, message by message; the first one open. */
export function Preview({ id }: { id: string }): ReactElement {
  const { t } = useTranslation();
  const messages = useQuery(previewReportScheduleOptions({ path: { id } }));
  return (
    <Loaded query={messages} rows={4}>
      {({ items }) =>
        items.length === 0 ? (
          <Nothing text={t("schedules:preview.nothing")} />
        ) : (
          <Collapse
            defaultActiveKey={items[0]?.reader.id ?? ""}
            items={items.map((message) => ({
              key: message.reader.id,
              label: (
                <Flex gap={8} wrap>
                  <strong>{message.reader.name}</strong>
                  <span>{message.subject}</span>
                </Flex>
              ),
              children: <Message message={message} />,
            }))}
          />
        )
      }
    </Loaded>
  );
}

function Message({ message }: { message: MessagePreview }): ReactElement {
  const { t } = useTranslation();
  return (
    <Flex vertical gap={12}>
      <span className="fabu-long-text">{message.first_line}</span>
      {message.sections.map((section) => (
        <Part key={section.heading} section={section} />
      ))}
      {message.chart !== null && (
        <Typography.Text type="secondary">{t("schedules:preview.chart", { words: message.chart })}</Typography.Text>
      )}
      {message.attachments > 0 && (
        <Typography.Text type="secondary">
          <PaperClipOutlined aria-hidden /> {t("schedules:preview.attachments", { count: message.attachments })}
        </Typography.Text>
      )}
    </Flex>
  );
}

function Part({ section: { heading, lines, rows } }: { section: SectionPreview }): ReactElement {
  return (
    <div>
      <strong>{heading}</strong>
      {lines.map((line, at) => (
        <div key={at} className="fabu-long-text">
          {line}
        </div>
      ))}
      {rows.length > 0 && (
        <div className="fabu-sheet-frame" tabIndex={0} role="region" aria-label={heading}>
          <table className="fabu-sheet">
            <tbody>
              {rows.map((cells, row) => (
                <tr key={row}>
                  {cells.map((cell, at) => (
                    <td key={at}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
