import { Col, Flex, Grid, Row } from "antd";
import type { ReactElement, ReactNode } from "react";

/** A document with its state beside it; on a narrow screen above it. */
export function DocumentLayout({ document, side }: { document: ReactNode; side: ReactNode }): ReactElement {
  const isWide = Grid.useBreakpoint().xl ?? false;
  return (
    <Row gutter={[16, 16]}>
      <Col xs={{ span: 24, order: 1 }} xl={{ span: 17, order: 0 }}>
        {document}
      </Col>
      <Col xs={{ span: 24, order: 0 }} xl={{ span: 7, order: 1 }}>
        <Flex
          vertical
          gap={16}
          style={
            isWide
              ? { position: "sticky", insetBlockStart: 80, maxHeight: "calc(100vh - 96px)", overflowY: "auto" }
              : {}
          }
        >
          {side}
        </Flex>
      </Col>
    </Row>
  );
}
