// Fills in Ant Design's controls as a person does: types, chooses, ticks. A value is what stands on the page: the word of a
// choice, the name of a person, a time as it is typed.
import { settled } from "./browser.mjs";

/** Enters a value; `control` is the input (or the group of radio buttons) that carries the field's id. */
export async function enter(control, value) {
  await control.waitFor();
  const page = control.page();
  const kind = await control.evaluate((element) => {
    if (element.closest(".ant-picker")) return "time";
    if (element.closest(".ant-select")) return "select";
    if (element.getAttribute("role") === "switch") return "switch";
    if (element.closest(".ant-radio-group") ?? element.querySelector(".ant-radio-group")) return "radio";
    return "text";
  });
  switch (kind) {
    case "time":
      await control.fill(value);
      await control.press("Enter");
      return;
    case "select":
      for (const word of [value].flat()) await choose(page, control, word);
      await control.blur();
      return;
    case "switch":
      if ((await control.getAttribute("aria-checked")) !== String(value)) await control.click();
      return;
    case "radio":
      await control.getByText(value, { exact: true }).click();
      return;
    default:
      await control.fill(String(value));
  }
}

/** Opens a list by its field, looks for the word and takes it. */
async function choose(page, control, word) {
  await pointAt(page, control, word);
  await control.press("Enter");
  const select = control.locator("xpath=ancestor::*[contains(concat(' ', @class, ' '), ' ant-select ')][1]");
  await select.getByText(word).first().waitFor();
}

/**
 * Opens a list by its field and goes to the word, so that Enter takes it. By the keyboard: a document saves itself in a pause,
 * then says at its fields what is missing, and a list that moves between press and release loses the click.
 */
export async function pointAt(page, control, word) {
  await control.focus();
  const isSearched = (await control.getAttribute("readonly")) === null;
  if (isSearched) await control.fill(word);
  if ((await control.getAttribute("aria-expanded")) !== "true") await control.press("ArrowDown");
  // Its own list: another one may still be closing.
  const list = page.locator(`[id="${await control.getAttribute("aria-controls")}"]`);
  const options = page.locator(".ant-select-dropdown").filter({ has: list }).locator(".ant-select-item-option");
  // A list that is found by the server changes once more when the answer is there.
  if (isSearched) await settled(page);
  const wanted = await options.filter({ hasText: word }).first().innerText();
  const active = options.and(page.locator(".ant-select-item-option-active"));
  for (let n = 0; n < 100 && (await active.innerText()) !== wanted; n += 1) await control.press("ArrowDown");
}

/** Fills in a form whose fields are known by their labels. */
export async function fill(scope, fields) {
  for (const [label, value] of Object.entries(fields)) await enter(labelled(scope, label), value);
}

/** The control of a form's field under this label. */
function labelled(scope, label) {
  const name = new RegExp(`^\\s*${label.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\s*$`);
  const item = scope.locator(".ant-form-item").filter({ has: scope.page().locator("label", { hasText: name }) });
  return item.locator("input:not([type=radio]):not([type=file]), textarea, .ant-radio-group").first();
}

/**
 * Writes into the document on the page: `{ window: { start: … }, steps: [{ title: … }] }`. Rows are added as they are needed;
 * a table is `{ rows: […] }` or `{ not_applicable_reason: … }`.
 */
export async function write(page, content, pointer = "") {
  for (const [name, value] of Object.entries(content)) {
    const at = `${pointer}/${name}`;
    if (Array.isArray(value) && value.some((row) => typeof row === "object")) {
      await addRows(page, name === "rows" ? pointer : at, value.length);
      for (const [n, row] of value.entries()) await write(page, row, `${at}/${n}`);
    } else if (typeof value === "object" && !Array.isArray(value)) {
      await write(page, value, at);
    } else {
      await enter(field(page, at), value);
    }
  }
}

/** The field of a document at this pointer. */
export function field(page, pointer) {
  return page.locator(`[id="field${pointer.replaceAll("/", "-")}"]`);
}

async function addRows(page, pointer, count) {
  const part = field(page, pointer);
  await part.waitFor();
  const there = await part.evaluate(
    (element) =>
      [...element.querySelectorAll(".fabu-row")].filter((row) => row.parentElement.closest(".fabu-part") === element)
        .length,
  );
  for (let n = there; n < count; n += 1) await part.getByRole("button", { name: "添加一行" }).last().click();
}
