import { theme, type ThemeConfig } from "antd";

const fontFamily = `"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif`;

/** Coloured tags with words dark enough for their light grounds. */
const readableTags: ThemeConfig["algorithm"] = [
  theme.defaultAlgorithm,
  (seed, map = theme.defaultAlgorithm(seed)) => ({
    ...map,
    green7: "#237804",
    orange7: "#ad4e00",
    gold7: "#874d00",
    cyan7: "#006d75",
  }),
];

/** Ant Design's look with every text at AA contrast (4.5 : 1) on its ground. */
const light: ThemeConfig = {
  algorithm: readableTags,
  token: {
    fontFamily,
    colorPrimary: "#0958d9",
    colorLink: "#0958d9",
    colorSuccess: "#237804",
    colorWarning: "#ad4e00",
    colorError: "#cf1322",
    // The grounds that belong to the usual, lighter colours of success and warning.
    colorSuccessBg: "#f6ffed",
    colorSuccessBorder: "#b7eb8f",
    colorWarningBg: "#fffbe6",
    colorWarningBorder: "#ffe58f",
    colorTextDescription: "rgba(0,0,0,.65)",
    colorTextTertiary: "rgba(0,0,0,.65)",
    colorTextPlaceholder: "rgba(0,0,0,.6)",
  },
  components: { Table: { rowSelectedBg: "#e6f4ff", rowSelectedHoverBg: "#e6f4ff" } },
};

const dark: ThemeConfig = {
  algorithm: theme.darkAlgorithm,
  token: {
    fontFamily,
    colorPrimary: "#1668dc",
    colorLink: "#69b1ff",
    colorSuccess: "#6abe39",
    colorWarning: "#e89a3c",
    colorError: "#ff7875",
    colorTextDescription: "rgba(255,255,255,.72)",
    colorTextTertiary: "rgba(255,255,255,.72)",
    colorTextPlaceholder: "rgba(255,255,255,.62)",
  },
  // Where the chosen colour is the colour of words, the button's blue is too dark on black.
  components: {
    Menu: { itemSelectedColor: "#69b1ff", horizontalItemSelectedColor: "#69b1ff", horizontalItemHoverColor: "#91caff" },
    Tabs: {
      itemSelectedColor: "#69b1ff",
      itemActiveColor: "#69b1ff",
      itemHoverColor: "#91caff",
      inkBarColor: "#69b1ff",
    },
  },
};

/**
 * Without motion everything that opens still passes its steps, in no time: a dialog that skips them is shown too late for the
 * focus of its first field.
 */
const still = { motionDurationFast: "0.01s", motionDurationMid: "0.01s", motionDurationSlow: "0.01s" };

/** The look for this reader. */
export function themeOf(isDark: boolean, hasMotion: boolean): ThemeConfig {
  const look = isDark ? dark : light;
  return hasMotion ? look : { ...look, token: { ...look.token, ...still } };
}
