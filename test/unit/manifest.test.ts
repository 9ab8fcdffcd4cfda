import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { COMMAND_IDS } from '../../src/vscode/commands/command-ids.ts';

interface Command {
  readonly command: string;
  readonly category?: string;
  readonly title?: string;
  readonly icon?: string;
  readonly enablement?: string;
}

interface MenuItem {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}

interface Setting {
  readonly scope?: string;
  readonly default?: unknown;
  readonly description?: string;
  readonly markdownDescription?: string;
}

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly engines: { readonly vscode: string };
  readonly activationEvents: readonly string[];
  readonly capabilities: unknown;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly dependencies?: object;
  readonly contributes: {
    readonly commands: readonly Command[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly keybindings?: readonly { readonly command: string; readonly when?: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsContainers: Readonly<
      Record<string, readonly { readonly id: string; readonly icon: string }[]>
    >;
    readonly viewsWelcome: readonly {
      readonly view: string;
      readonly when?: string;
      readonly contents: string;
    }[];
  };
}

const ROOT = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');
const text = read('package.json');
const manifest = JSON.parse(text) as Manifest;
const nls = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;
const {
  commands,
  menus,
  configuration,
  views,
  viewsContainers,
  viewsWelcome,
  keybindings = [],
} = manifest.contributes;
const menuItems = Object.values(menus).flat();
const whens = [
  ...[...menuItems, ...viewsWelcome, ...keybindings].flatMap(({ when }) => when ?? []),
  ...commands.flatMap(({ enablement }) => enablement ?? []),
];

/** The texts of every TypeScript file under a folder of src. */
function sources(folder: string): string {
  return readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => read(`${folder}/${name}`))
    .join('\n');
}

/** What `%key%` stands for. */
function resolved(value: string | undefined): string {
  const key = /^%(.+)%$/u.exec(value ?? '')?.[1];
  return key === undefined ? (value ?? '') : (nls[key] ?? '');
}

describe('the manifest', () => {
  it('contributes every command of the code, and no other', () => {
    assert.deepEqual(commands.map(({ command }) => command).sort(), [...COMMAND_IDS].sort());
  });

  it('gives every command its category, a title that is a verb, and an icon', () => {
    for (const { command, category, title, icon } of commands) {
      assert.equal(category, 'VT Feeds', command);
      assert.match(title ?? '', /^%command\.\w+%$/u, command);
      assert.match(resolved(title), /^[A-Z][a-z]+(?: [A-Za-z]+)*…?$/u, command);
      assert.match(icon ?? '', /^\$\([\w-]+\)$/u, command);
    }
    assert.equal(new Set(commands.map(({ title }) => resolved(title))).size, commands.length);
  });

  it('uses every text of package.nls.json, and has every text it uses', () => {
    const used = [...text.matchAll(/"%([^%"]+)%"/gu)].map(([, key = '']) => key);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(nls).sort());
    for (const [key, value] of Object.entries(nls)) assert.notEqual(value.trim(), '', key);
  });

  it('names commands there are in menus, key bindings and welcomes', () => {
    const known: readonly string[] = COMMAND_IDS;
    assert.ok(menuItems.length > 20);
    for (const { command } of [...menuItems, ...keybindings]) assert.ok(known.includes(command), command);
    const linked = Object.values(nls).flatMap((value) =>
      [...value.matchAll(/\(command:([^)?]+)/gu)].map(([, id = '']) => id),
    );
    assert.ok(linked.length > 0);
    for (const command of linked) assert.ok(known.includes(command), command);
  });

  it('names no command twice in one group of a menu', () => {
    for (const [menu, items] of Object.entries(menus)) {
      const places = items.map(
        ({ command, group = '', when = '' }) => `${command} ${group.split('@')[0] ?? ''} ${when}`,
      );
      assert.equal(new Set(places).size, places.length, menu);
    }
  });

  it('goes in its clauses by context keys that the code sets', () => {
    const declared = [...read('src/vscode/platform/context-keys.ts').matchAll(/'(vtFeeds\.\w+)'/gu)].map(
      ([, key = '']) => key,
    );
    const used = whens
      .flatMap((when) => [...when.matchAll(/(?<![\w.=]\s?)vtFeeds\.\w+/gu)].map(([key]) => key))
      .filter((key) => key !== 'vtFeeds.feeds');
    assert.deepEqual([...new Set(used)].sort(), [...new Set(declared)].sort());
    const code = sources('src/vscode');
    for (const key of declared) assert.ok(code.includes(`setContextKey('${key}'`), `${key} is never set`);
  });

  it('names its own view in its clauses', () => {
    const ids = Object.values(views)
      .flat()
      .map(({ id }) => id);
    const named = whens.flatMap((when) =>
      [...when.matchAll(/\bview == ([\w.]+)/gu)].map(([, id = '']) => id),
    );
    assert.ok(named.length > 0);
    for (const id of [...named, ...viewsWelcome.map(({ view }) => view)]) assert.ok(ids.includes(id), id);
    for (const container of Object.keys(views))
      assert.ok(
        Object.values(viewsContainers)
          .flat()
          .some(({ id }) => id === container),
        container,
      );
  });

  it('asks tree items for abilities that the tree gives', () => {
    const asked = whens.flatMap((when) =>
      [...when.matchAll(/viewItem =~ \/\\b(\w+)\\b\//gu)].map(([, ability = '']) => ability),
    );
    assert.ok(asked.length > 5);
    assert.equal(
      asked.length,
      whens.filter((when) => when.includes('viewItem')).length,
      'every clause is of the known form',
    );
    const given = [...sources('src/vscode/tree').matchAll(/\bcan[A-Z]\w+/gu)].map(([ability]) => ability);
    assert.deepEqual([...new Set(asked)].sort(), [...new Set(given)].sort());
  });

  it('shows no command in the palette that needs something to be picked', () => {
    const hidden =
      menus.commandPalette?.filter(({ when }) => when === 'false').map(({ command }) => command) ?? [];
    assert.ok(hidden.includes('vtFeeds.cancelDownload'));
  });

  it('keeps every setting out of the reach of a workspace, described and with a default', () => {
    const settings = Object.entries(configuration.properties);
    assert.ok(settings.length > 0);
    for (const [name, { scope, description, markdownDescription, default: initial }] of settings) {
      assert.match(name, /^vtFeeds\.[a-z]\w+$/u);
      assert.equal(scope, 'application', name);
      assert.notEqual(initial, undefined, name);
      assert.notEqual(resolved(description ?? markdownDescription), '', name);
      assert.doesNotMatch(name, /origin|url|host|key/iu);
    }
  });

  it('has a setting for each that the code reads, and for no other', () => {
    const code = read('src/vscode/platform/settings.ts');
    for (const name of Object.keys(configuration.properties)) {
      const short = name.replace('vtFeeds.', '');
      assert.ok(code.includes(`'${short}'`) || code.includes(`'${name}'`), name);
    }
  });

  it('wakes up when VS Code has started and when a document of its own is shown, and at nothing else', () => {
    assert.deepEqual(manifest.activationEvents, ['onStartupFinished', 'onFileSystem:vtfeeds']);
  });

  it('says how it stands with trust and with workspaces that are not on a disk', () => {
    assert.deepEqual(manifest.capabilities, {
      untrustedWorkspaces: { supported: true },
      virtualWorkspaces: true,
    });
  });

  it('is checked against the oldest VS Code it runs in', () => {
    assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode'] ?? ''}`);
  });

  it('ships bundles, not packages', () => {
    assert.equal(manifest.main, './dist/extension.cjs');
    assert.equal(manifest.dependencies, undefined);
  });

  it('names pictures there are', () => {
    const pictures = [
      manifest.icon,
      ...Object.values(views)
        .flat()
        .map(({ icon }) => icon),
      ...Object.values(viewsContainers)
        .flat()
        .map(({ icon }) => icon),
    ];
    for (const picture of pictures) assert.ok(readFileSync(new URL(picture, ROOT)).length > 0, picture);
  });
});
