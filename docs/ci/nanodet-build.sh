#!/usr/bin/env bash
# Builds a model project on a build server: exactly what was committed, with what the store has, and a report of it.
# Settings come from the environment:
#   NANODET_PROJECT   the project file, or its folder (the current folder)
#   NANODET_STORE     the folder of the store, which the server keeps from run to run (.nanodet-store)
#   NANODET_LOCKED    whether the build has to match nanodet.lock.json (true)
#   NANODET_TRAIN     Always, or IfCached for a server that must not train (Always)
#   NANODET_REPORT    the folder for the report (nanodet-report)
# Needs a .NET 10 SDK and jq.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=${NANODET_PROJECT:-.}
store=${NANODET_STORE:-.nanodet-store}
report=${NANODET_REPORT:-nanodet-report}
mkdir -p "$store" "$report"
store=$(cd "$store" && pwd)
report=$(cd "$report" && pwd)
settings=("-p:NanoDetStore=$store" "-p:NanoDetLockedMode=${NANODET_LOCKED:-true}" "-p:NanoDetTrain=${NANODET_TRAIN:-Always}" "-p:NanoDetSarif=$report/nanodet.sarif")

rm -f "$report/nanodet.sarif"
dotnet build "$project" -c Release -nologo -terminalLogger:off "${settings[@]}" 2>&1 | tee "$report/build.log"
status=${PIPESTATUS[0]}

# Where the project keeps its model: only MSBuild knows.
properties=$(dotnet msbuild "$project" -nologo -p:Configuration=Release "${settings[@]}" -getProperty:MSBuildProjectDirectory -getProperty:NanoDetIntermediatePath)
directory=$(jq -r '.Properties.MSBuildProjectDirectory' <<< "$properties")
folder=$(jq -r '.Properties.NanoDetIntermediatePath' <<< "$properties")
case $folder in /* | [A-Za-z]:*) ;; *) folder=$directory/$folder ;; esac
# The build writes the problems of its plan; what else it printed is added to them.
plan=$report/nanodet.sarif
[ -f "$plan" ] || plan=/dev/null
jq --raw-input --slurp --slurpfile plan "$plan" --arg project "$directory" --arg root "$PWD" -f "$here/sarif.jq" "$report/build.log" > "$report/all.sarif"
mv "$report/all.sarif" "$report/nanodet.sarif"

# The model card of a model that was accepted in this build; of none where it failed.
{
  echo "## $([ "$status" -eq 0 ] && echo "The model was built" || echo "The build failed")"
  echo
  jq -r '.runs[0].results as $results | if ($results | length) == 0 then empty else
      "| problem | count | first |", "|---|---|---|",
      ($results | group_by(.ruleId)[] | "| \(.[0].level) \(.[0].ruleId) | \(length) | \(.[0].message.text | gsub("[|\\r\\n<>]"; " ") | .[:200]) |"), ""
    end' "$report/nanodet.sarif"
  if [ "$status" -eq 0 ] && [ -f "$folder/model/card.md" ]; then sed 's/^#/###/' "$folder/model/card.md"; fi
} > "$report/summary.md"
if [ "$status" -eq 0 ]; then
  for file in card.md manifest.json preview.png report.html; do [ ! -f "$folder/model/$file" ] || cp "$folder/model/$file" "$report/"; done
fi

# Each server shows the summary of a job in its own way.
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then cat "$report/summary.md" >> "$GITHUB_STEP_SUMMARY"; fi
if [ -n "${TF_BUILD:-}" ]; then echo "##vso[task.uploadsummary]$report/summary.md"; fi
exit "$status"
