import { viewConfigurationItemOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { ConfigurationItemView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import type { Json } from "@/procedure/document/fields";
import { Attributes } from "@/ui/attributes";
import { ChangesNav } from "@/ui/changes-nav";
import { ItemStateTag } from "@/ui/item-tags";
import { Page } from "@/ui/page";
import { Loaded } from "@/ui/page-states";
import { PermittedButton } from "@/ui/permitted-button";
import { Section } from "@/ui/section";
import { When } from "@/ui/when";
import { useQuery } from "@tanstack/react-query";
import { Descriptions, Flex, Tag, Typography, type DescriptionsProps } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { PersonLink } from "../person-link";
import { Cell } from "../register/cell";
import { RegisterDialog } from "../register/register-dialog";
import { labelOf, statedFields, valueOf } from "../register/shape";
import { configurationItems } from "./configuration-items";
import { ItemHistory } from "./item-history";
import { Neighbours } from "./neighbours";

const kind = "configuration_item";
/** What the heading says. */
const inHeading = ["number", "name", "kind", "environment", "state"];

/** One configuration item: what it is, what it is related to, and which release changed it under which approval (3.2, 3.4). */
export function Component(): ReactElement {
  const { id = "" } = useParams();
  const item = useQuery(viewConfigurationItemOptions({ path: { id } }));
  return <Loaded query={item}>{(loaded) => <Item key={loaded.id} item={loaded} />}</Loaded>;
}

function Item({ item }: { item: ConfigurationItemView }): ReactElement {
  const { t } = useTranslation();
  const [isEditing, setEditing] = useState(false);
  return (
    <Page
      title={`${item.number} ${item.name}`}
      subtitle={
        <Flex gap={4} wrap component="span">
          <ItemStateTag state={item.state} />
          <Tag>{t(`enums:ItemKind.${item.kind}`)}</Tag>
          <Tag>{t(`enums:ItemEnvironment.${item.environment}`)}</Tag>
        </Flex>
      }
      extra={
        <PermittedButton operation="update_configuration_item" onClick={() => setEditing(true)}>
          {t("registers:edit")}
        </PermittedButton>
      }
    >
      <ChangesNav />
      <Section title={t("items:facts")}>
        <Facts item={item} />
      </Section>
      <Section title={t("items:neighbours.title")}>
        <Neighbours id={item.id} />
      </Section>
      <Section title={t("items:history.title")}>
        <ItemHistory id={item.id} />
      </Section>
      {isEditing && <RegisterDialog register={configurationItems} record={item} onClose={() => setEditing(false)} />}
    </Page>
  );
}

function Facts({ item }: { item: ConfigurationItemView }): ReactElement {
  const { t } = useTranslation();
  const fields = statedFields(kind).filter((field) => field.kind !== "rows" && !inHeading.includes(field.name));
  const { confirmed, last_seen: lastSeen } = item;
  const facts: DescriptionsProps["items"] = fields.map((field) => ({
    key: field.name,
    label: labelOf(t, `records:${kind}`, field),
    // What the API answers is JSON.
    children:
      valueOf(item, field.name) === null ? (
        t("registers:none")
      ) : (
        <Cell field={field} value={valueOf(item, field.name) as Json} />
      ),
  }));
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, sm: 1, md: 2 }}
      items={[
        ...facts,
        {
          key: "confirmed",
          label: t("records:configuration_item.confirmed._"),
          children:
            confirmed === null ? (
              <Typography.Text type="secondary">{t("items:neverConfirmed")}</Typography.Text>
            ) : (
              <Flex gap={8} wrap>
                <Link to={paths.releaseTab(confirmed.release, "configuration")}>{confirmed.release}</Link>
                <PersonLink id={confirmed.by} />
                <When at={confirmed.at} />
              </Flex>
            ),
        },
        ...(lastSeen === null
          ? []
          : [{ key: "seen", label: t("records:configuration_item.last_seen"), children: <When at={lastSeen} /> }]),
        {
          key: "attributes",
          label: t("records:configuration_item.attributes._"),
          span: "filled" as const,
          children: <Attributes of={item.attributes} />,
        },
      ]}
    />
  );
}
