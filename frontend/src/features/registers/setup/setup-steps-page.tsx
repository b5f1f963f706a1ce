import { listUsersOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { UserWithPasswordView } from "@/api/generated/types.gen";
import { useCustomers, useDepartments, useServiceObjects } from "@/api/registers";
import { paths } from "@/lib/paths";
import { LinkButton } from "@/ui/link-button";
import { Page } from "@/ui/page";
import { useQuery } from "@tanstack/react-query";
import { Button, Flex, Grid, Steps, Typography } from "antd";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { customers } from "../customers";
import { departments } from "../departments";
import { serviceObjects } from "../service-objects";
import { OneTimePassword } from "../users/one-time-password";
import { UserDialog } from "../users/user-dialog";
import { MailTest } from "./mail-test";
import { EntriesStep, RegisterStep } from "./register-step";

const steps = ["departments", "users", "customers", "objects", "mail"] as const;
type Step = (typeof steps)[number];

const contents: Record<Step, () => ReactElement> = {
  departments: Departments,
  users: Users,
  customers: Customers,
  objects: Objects,
  mail: MailTest,
};

/** What a new system needs before the first release: one register after the other; every step can be left for later. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const isWide = Grid.useBreakpoint().md ?? true;
  const [step, setStep] = useQueryState(
    "step",
    parseAsStringLiteral(steps).withDefault("departments").withOptions({ history: "push" }),
  );
  const at = steps.indexOf(step);
  const [before, after] = [steps[at - 1], steps[at + 1]];
  const Content = contents[step];
  return (
    <Page
      title={t("registers:setup.title")}
      subtitle={t("registers:setup.subtitle")}
      extra={<LinkButton to={paths.workbench}>{t("registers:setup.later")}</LinkButton>}
    >
      <Steps
        size="small"
        current={at}
        orientation={isWide ? "horizontal" : "vertical"}
        onChange={(next) => void setStep(steps[next] ?? "departments")}
        items={steps.map((name) => ({ title: t(`registers:setup.step.${name}`) }))}
      />
      <Typography.Text>{t(`registers:setup.advice.${step}`)}</Typography.Text>
      <Content />
      <Flex gap={8} justify="space-between" wrap>
        <Button disabled={before === undefined} onClick={() => void setStep(before ?? step)}>
          {t("tour:back")}
        </Button>
        {after === undefined ? (
          <LinkButton to={paths.workbench} type="primary">
            {t("registers:setup.done")}
          </LinkButton>
        ) : (
          <Button type="primary" onClick={() => void setStep(after)}>
            {t("tour:next")}
          </Button>
        )}
      </Flex>
    </Page>
  );
}

function Departments(): ReactElement {
  const { t } = useTranslation();
  return (
    <RegisterStep
      register={departments}
      query={useDepartments()}
      about={({ head }) => (head === null ? t("registers:setup.noHead") : "")}
    />
  );
}

/** The first hundred: who has more brings them in with the register itself. */
function Users(): ReactElement {
  const { t } = useTranslation();
  const [added, setAdded] = useState<UserWithPasswordView>();
  const users = useQuery({ ...listUsersOptions({ query: { limit: 100 } }), select: ({ items }) => items });
  return (
    <>
      <EntriesStep
        query={users}
        operation="create_user"
        add={t("registers:users.add")}
        nothing={t("registers:users.nothing")}
        about={({ roles }) => roles.map((role) => t(`enums:Role.${role}`)).join(t("common:listSeparator"))}
        dialog={(user, close) => <UserDialog {...(user && { user })} onClose={close} onAdded={setAdded} />}
      />
      {added && <OneTimePassword issued={added} onClose={() => setAdded(undefined)} />}
    </>
  );
}

function Customers(): ReactElement {
  const { t } = useTranslation();
  return (
    <RegisterStep
      register={customers}
      query={useCustomers()}
      about={({ representatives }) => (representatives.length === 0 ? t("registers:customers.noRepresentative") : "")}
    />
  );
}

function Objects(): ReactElement {
  return <RegisterStep register={serviceObjects} query={useServiceObjects()} about={({ code }) => code} />;
}
