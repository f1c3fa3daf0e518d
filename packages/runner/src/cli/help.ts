/** What `boardroom-runner help` shows. */
export const help = `boardroom-runner: makes the coding agents of this machine work for a company at Boardroom

  connect <code> [--url <address>]   make this machine a runner, with a code from the board, and start
      --name <name>                  what the board calls it; the host's name when left out
      --slots <n>                    runs at a time (1)
      --allow <folder>               agents may work in it; more than once for several
      --allow-command <program>      a program that agents may start, beside the known coding agents
      --no-start                     only connect
  start                              run
  status [--json]                    what it is doing
  drain                              take no more work, end when the present one is done
  logs [run] [--follow] [--debug]    what a run wrote; the newest run when none is named
  doctor                             look for what would keep it from working
  run-once                           take one run, do it, end with its success
  service install|uninstall [--print]  start with the system, where it has systemd or launchd

Everywhere: --home <folder> (BOARDROOM_RUNNER_HOME, else ~/.boardroom/runner), --company <id> where there are several.
What agents may do here stands in policy.json in that folder; nothing that the server sends can widen it.`;
