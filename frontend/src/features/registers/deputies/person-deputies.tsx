import { listDeputiesOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { UserView } from "@/api/generated/types.gen";
import { Loaded, Nothing } from "@/ui/page-states";
import { Section } from "@/ui/section";
import { useQuery } from "@tanstack/react-query";
import { Button, Flex } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { RegisterDialog } from "../register/register-dialog";
import { RemoveButton } from "../register/remove-button";
import { registerTexts } from "../register/shape";
import { deputies } from "./deputies";
import { DeputyLine } from "./deputy-line";

/** Who stands in for a person and for whom the person stands in. */
export function PersonDeputies({ user }: { user: UserView }): ReactElement {
  const { t } = useTranslation();
  const [isAdding, setAdding] = useState(false);
  const found = useQuery(listDeputiesOptions({ query: { user_id: user.id, limit: 100 } }));
  const texts = registerTexts(t, deputies.kind);
  return (
    <Section
      title={texts.title}
      extra={
        <Button size="small" onClick={() => setAdding(true)}>
          {texts.add}
        </Button>
      }
    >
      <Loaded query={found} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing text={t("registers:deputies.nothingOf", { name: user.name })} />
          ) : (
            <Flex vertical gap={8}>
              {items.map((deputy) => (
                <DeputyLine
                  key={deputy.id}
                  deputy={deputy}
                  steps={<RemoveButton register={deputies} record={deputy} size="small" />}
                />
              ))}
            </Flex>
          )
        }
      </Loaded>
      {isAdding && (
        <RegisterDialog register={deputies} defaults={{ principal: user.id }} onClose={() => setAdding(false)} />
      )}
    </Section>
  );
}
