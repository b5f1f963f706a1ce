import { listMediaItemsOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { MediaItemView } from "@/api/generated/types.gen";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useDeferredValue, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  id?: string;
  value?: string | null;
  /** What was chosen; none when the choice is taken back. */
  onChoose: (medium: MediaItemView | undefined) => void;
}

/** Chooses a version of the definitive media library that is not withdrawn, found by typing. */
export function MediumSelect({ id, value, onChoose }: Props): ReactElement {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(typed);
  const query = { active: true, limit: 20, ...(q !== "" && { q }) };
  const media = useQuery({ ...listMediaItemsOptions({ query }), placeholderData: keepPreviousData });
  const [chosen, setChosen] = useState<MediaItemView>();
  const found = media.data?.items ?? [];
  const offered = chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found;
  return (
    <Select
      {...(id !== undefined && { id })}
      allowClear
      showSearch={{ onSearch: setTyped, filterOption: false }}
      loading={media.isLoading}
      value={value ?? undefined}
      options={offered.map((medium) => ({ value: medium.id, label: `${medium.name} ${medium.item_version}` }))}
      placeholder={t("testing:unit.mediumSearch")}
      notFoundContent={t("testing:unit.mediumNone")}
      onChange={(id: string | undefined) => {
        const medium = offered.find((medium) => medium.id === id);
        setChosen(medium);
        onChoose(medium);
      }}
    />
  );
}
