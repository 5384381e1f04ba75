# What a build of NanoDet.Build reported, as SARIF 2.1.0: the problems of its plan ($plan, a list with the content of the file that NanoDetSarif
# names), and each other NDB code of its output (--raw-input --slurp). The plan has all problems of a data set, where the output has twenty of a
# code. $project is the folder of the project, $root that of the checkout; both are full paths.
def slashes: gsub("\\\\"; "/");
def full: slashes | if test("^(/|[A-Za-z]:/)") then . else ($project | slashes) + "/" + . end;
def encoded: split("/") | map(@uri) | join("/");
def file: full | ($root | slashes) as $above
  | if startswith($above + "/") then { uri: (.[($above | length) + 1:] | encoded), uriBaseId: "%SRCROOT%" }
    elif startswith("/") then { uri: ("file://" + encoded) }
    else { uri: ("file:///" + .[:2] + (.[2:] | encoded)) } end;
def region: if .line == 0 then {} elif .column == 0 then { region: { startLine: .line } } else { region: { startLine: .line, startColumn: .column } } end;
def result: {
  ruleId: .code,
  level: .severity,
  message: { text: .message },
  locations: (if .file == null then [] else [{ physicalLocation: ({ artifactLocation: (.file | file) } + region) }] end)
};

($plan[0] // { "$schema": "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [{ tool: { driver: { name: "NanoDet.Build", rules: [] } }, results: [] }] }) as $planned
| ($planned.runs[0].tool.driver.rules | map(.id)) as $known
| ([split("\n")[]
    | capture("^\\s*(?:\\d+>)?(?<file>[^\\n]*?)\\s*(?:\\((?<line>\\d+)(?:,(?<column>\\d+))?[^)]*\\))?\\s*: (?<severity>error|warning) (?<code>NDB\\d{4}): (?<message>.*?)(?: \\[[^\\[\\]]*\\])?\\r?$")
    | .line = ((.line // "0") | tonumber) | .column = ((.column // "0") | tonumber)
    | if .file == "NanoDet" then .file = null else . end
    | select(.code as $code | $known | index($code) | not)] | unique) as $printed
| $planned
| .runs[0].tool.driver.rules += ($printed | map(.code) | unique | map({ id: . }))
| .runs[0].results += ($printed | map(result))
