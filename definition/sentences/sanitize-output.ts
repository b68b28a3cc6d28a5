import { unitEscape } from "./quote";

/**
 * A text in which a terminal and a CI runner find no commands: control characters, and the beginnings of commands, are
 * written as JSON's escapes. So what is JSON, or a literal in a program, stays what it is.
 *
 * - GitHub obeys `::error::` where a line begins, and `##[error]` anywhere: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 * - Azure Pipelines obeys `##vso[task.setvariable]` anywhere: https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
 * - TeamCity obeys `##teamcity[message]`: https://www.jetbrains.com/help/teamcity/service-messages.html
 *
 * @example sanitizeOutput("::error::no") // "\\u003a:error::no"
 */
export function sanitizeOutput(text: string): string {
  return text
    .replace(/\r\n/g, "\n")
    .replace(/[^\P{Cc}\t\n]/gu, (control) => unitEscape(control.charCodeAt(0)))
    .replace(/^([\s\u180e]*):(?=:)/gm, `$1${COLON}`)
    .replace(/##(?=\w*\[)/g, `#${HASH}`);
}

const [COLON, HASH] = [unitEscape(0x3a), unitEscape(0x23)];
