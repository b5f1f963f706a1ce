import { Col, Flex, Row } from "antd";
import type { ReactElement } from "react";
import { Documents } from "../overview/documents";
import { Attachments } from "./attachments";
import { Comments } from "./comments";

/** The controlled documents, the files, and what people said about the release. */
export function Component(): ReactElement {
  return (
    <Row gutter={[16, 16]}>
      <Col xs={24} xl={14}>
        <Flex vertical gap={16}>
          <Documents />
          <Attachments />
        </Flex>
      </Col>
      <Col xs={24} xl={10}>
        <Comments />
      </Col>
    </Row>
  );
}
