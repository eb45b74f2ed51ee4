import { fieldAt } from '../value.ts';
import type { Weakness } from '../weakness.ts';
import { equals } from './conditions.ts';

export const BROWSER_AND_DESKTOP: readonly Weakness[] = [
  {
    id: 'message-to-anyone',
    cwe: 346,
    text: {
      title: 'A message is sent to whichever page is in the other window',
      body: 'With `*` as the target, the message reaches the page that is there at that moment, also when someone has led the window elsewhere. Name the origin that it is meant for.',
      severity: 'medium',
      confidence: 0.75,
    },
    checks: [
      {
        calls: ['**.postMessage', '~*.postMessage', 'postMessage'],
        when: ({ args }) => args[1] !== undefined && equals(args[1], '*'),
      },
    ],
    bad: ["export const tell = (frame, token) => frame.contentWindow.postMessage({ token }, '*');"],
    good: [
      "export const tell = (frame, token) => frame.contentWindow.postMessage({ token }, 'https://app.example.com');",
    ],
  },
  {
    id: 'message-from-anyone',
    cwe: 346,
    text: {
      title: 'Messages are taken from any origin',
      body: 'Every page that opens or frames this one can send messages to it. Compare `event.origin` with the origin that you expect before doing anything.',
      severity: 'medium',
      confidence: 0.65,
    },
    checks: [
      {
        calls: [
          'addEventListener',
          'window.addEventListener',
          '~{window,self,top,parent,globalThis}.addEventListener',
        ],
        when: ({ args }) =>
          args[0]?.text === 'message' &&
          args[1] !== undefined &&
          args[1].functions.length > 0 &&
          args[1].functions.every(
            ({ node, file }) =>
              !/\borigin\b|\.source\b|isTrusted|onmessage/i.test(file.text.slice(node.start, node.end)),
          ),
      },
    ],
    bad: ["window.addEventListener('message', (event) => {\n  update(event.data);\n});"],
    good: [
      "window.addEventListener('message', (event) => {\n  if (event.origin !== 'https://app.example.com') return;\n  update(event.data);\n});",
    ],
  },
  {
    id: 'remote-debugging',
    cwe: 489,
    text: {
      title: 'The browser can be driven from outside',
      body: 'Whoever reaches the debugging port controls the browser, its pages and its files. Leave it on a pipe or on the local machine.',
      severity: 'medium',
      confidence: 0.75,
    },
    checks: [
      {
        calls: [
          '**.launch',
          '~{puppeteer,chromium,firefox,webkit,playwright,browserType}.{launch,launchServer,launchPersistentContext}',
        ],
        when: ({ args }) =>
          args.some((value) => {
            const list = fieldAt(value, 'args');
            return (
              list?.objects.some(({ fields }) =>
                [...fields.values()].some(({ text = '' }) =>
                  /^--remote-debugging-(?:address|port)/.test(text),
                ),
              ) === true
            );
          }),
      },
    ],
    bad: [
      "import puppeteer from 'puppeteer';\nawait puppeteer.launch({ args: ['--remote-debugging-address=0.0.0.0'] });",
    ],
    good: ["import puppeteer from 'puppeteer';\nawait puppeteer.launch({ args: ['--no-first-run'] });"],
  },
  {
    id: 'desktop-window-without-walls',
    cwe: 1188,
    text: {
      title: 'A page in an Electron window gets the rights of the program',
      body: 'With `nodeIntegration`, without `contextIsolation` or without `webSecurity`, a script in any page that the window shows can read files and run programs. Leave Electron’s defaults and offer the few functions that are needed through `contextBridge`.',
      severity: 'high',
      confidence: 0.85,
    },
    checks: [
      {
        properties: [
          '{nodeIntegration,nodeIntegrationInWorker,nodeIntegrationInSubFrames,allowRunningInsecureContent,experimentalFeatures,enableRemoteModule}',
        ],
        when: ({ args }) => args[0] !== undefined && equals(args[0], true),
      },
      {
        properties: ['{contextIsolation,webSecurity}'],
        when: ({ args }) => args[0] !== undefined && equals(args[0], false),
      },
    ],
    bad: [
      "import { BrowserWindow } from 'electron';\nnew BrowserWindow({ webPreferences: { nodeIntegration: true } });",
    ],
    good: [
      "import { BrowserWindow } from 'electron';\nnew BrowserWindow({ webPreferences: { contextIsolation: true } });",
    ],
  },
  {
    id: 'unsafe-external-url',
    cwe: 88,
    text: {
      title: 'The system opens an address that others choose',
      body: '`shell.openExternal` starts programs for schemes such as `file:` or `ms-msdt:`. Allow `https:` only.',
      severity: 'medium',
      confidence: 0.7,
    },
    clearedBy: ['known-scheme', 'known-host'],
    sinks: [
      {
        calls: ['electron.shell.openExternal', '~shell.openExternal'],
        from: 'outside',
        accepts: ({ lead }) => lead === '',
      },
    ],
    bad: [
      "import { shell } from 'electron';\nwindow.addEventListener('message', (event) => shell.openExternal(event.data.url));",
    ],
    good: ["import { shell } from 'electron';\nshell.openExternal('https://example.com');"],
  },
];
