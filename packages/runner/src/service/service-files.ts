import { homedir } from "node:os";
import { join } from "node:path";

export interface ServiceSpec {
  /** Of Node. */
  node: string;
  /** Of this program. */
  script: string;
  args: readonly string[];
  companyId: string;
  /** The search path of whoever installs it: services start with almost none. */
  path: string;
}

export interface ServiceFile {
  path: string;
  content: string;
  start: readonly string[][];
  stop: readonly string[][];
}

/** Tells the program that somebody starts it again when it fails. */
export const serviceMark = "BOARDROOM_RUNNER_SERVICE";

const nameOf = (companyId: string) => `boardroom-runner-${companyId}`;

/** A unit of the user's own systemd. */
export function systemdUnit({ node, script, args, companyId, path }: ServiceSpec): ServiceFile {
  const name = `${nameOf(companyId)}.service`;
  const command = [node, script, ...args].map(quoteForSystemd).join(" ");
  return {
    path: join(process.env.XDG_CONFIG_HOME ?? join(homedir(), ".config"), "systemd", "user", name),
    content: `[Unit]
Description=Boardroom runner
After=network-online.target
Wants=network-online.target

[Service]
ExecStart=${command}
Environment=${quoteForSystemd(`PATH=${path}`)}
Environment=${serviceMark}=1
Restart=on-failure
RestartSec=5
KillMode=mixed
TimeoutStopSec=60

[Install]
WantedBy=default.target
`,
    start: [
      ["systemctl", "--user", "daemon-reload"],
      ["systemctl", "--user", "enable", "--now", name],
    ],
    stop: [["systemctl", "--user", "disable", "--now", name]],
  };
}

/** An agent of the user's own launchd. */
export function launchdAgent({ node, script, args, companyId, path }: ServiceSpec): ServiceFile {
  const label = `dev.boardroom.runner.${companyId}`;
  const file = join(homedir(), "Library", "LaunchAgents", `${label}.plist`);
  const log = join(homedir(), "Library", "Logs", `${nameOf(companyId)}.log`);
  const strings = [node, script, ...args].map((each) => `    <string>${escapeXml(each)}</string>`).join("\n");
  return {
    path: file,
    content: `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${label}</string>
  <key>ProgramArguments</key>
  <array>
${strings}
  </array>
  <key>EnvironmentVariables</key>
  <dict>
    <key>PATH</key>
    <string>${escapeXml(path)}</string>
    <key>${serviceMark}</key>
    <string>1</string>
  </dict>
  <key>RunAtLoad</key>
  <true/>
  <key>KeepAlive</key>
  <dict>
    <key>SuccessfulExit</key>
    <false/>
  </dict>
  <key>StandardOutPath</key>
  <string>${escapeXml(log)}</string>
  <key>StandardErrorPath</key>
  <string>${escapeXml(log)}</string>
</dict>
</plist>
`,
    start: [["launchctl", "load", "-w", file]],
    stop: [["launchctl", "unload", "-w", file]],
  };
}

/** In double quotes; `%` and `$` mean something to systemd. */
const quoteForSystemd = (text: string): string =>
  `"${text.replace(/[\\"]/g, "\\$&").replaceAll("%", "%%").replaceAll("$", "$$$$")}"`;

const escapeXml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
