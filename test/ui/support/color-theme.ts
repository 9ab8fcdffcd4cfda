import type { Page } from 'playwright-core';
import { pickQuickItem, runCommand, typeInQuickInput } from './quick-input.ts';

const themes = {
  'Default Dark Modern': { label: 'Dark Modern', kind: 'vs-dark' },
  'Default Light Modern': { label: 'Light Modern', kind: 'vs' },
  'Default High Contrast': { label: 'Dark High Contrast', kind: 'hc-black' },
  'Default High Contrast Light': { label: 'Light High Contrast', kind: 'hc-light' },
} as const;

/** A theme every VS Code has, by its id in the setting `workbench.colorTheme`. */
export type ColorTheme = keyof typeof themes;

/** Switches the colour theme and resolves when the workbench wears it. */
export async function setColorTheme(page: Page, theme: ColorTheme): Promise<void> {
  const { label, kind } = themes[theme];
  await runCommand(page, 'Preferences: Color Theme');
  await typeInQuickInput(page, label);
  await pickQuickItem(page, label);
  await page.locator(`.monaco-workbench.${kind}`).waitFor();
}
