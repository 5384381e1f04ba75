using System.Text.Json;
using NanoDet.Data.Files;
using NanoDet.Data.Linting;
using NanoDet.Data.Splitting;
using NanoDet.Pipeline.Locking;
using NanoDet.Pipeline.Manifest;
using NanoDet.Pipeline.Requests;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Schemas;

/// <summary>The schemas in <c>docs/schemas</c> say what the records say; <c>NANODET_WRITE_FILES=1</c> writes them.</summary>
public sealed class SchemaTests
{
    private static readonly Dictionary<string, (string Title, Type Type, JsonSerializerOptions Options)> Records = new()
    {
        ["nanodet.manifest"] = ("NanoDet manifest", typeof(ModelManifest), CanonicalJson.Records()),
        ["nanodet.lock"] = ("NanoDet lock file", typeof(ModelLock), LockJson.Canonical.Options),
        ["nanodet.split"] = ("NanoDet split record", typeof(SplitDocument), SplitJson.Canonical.Options),
        ["nanodet.augment-request"] = ("NanoDet request: augment, with the recipe", typeof(AugmentRequest), RequestJson.Options),
        ["nanodet.train-request"] = ("NanoDet request: train", typeof(TrainRequest), RequestJson.Options),
        ["nanodet.export-request"] = ("NanoDet request: export", typeof(ExportRequest), RequestJson.Options),
        ["nanodet.evaluate-request"] = ("NanoDet request: evaluate", typeof(EvaluationRequest), RequestJson.Options),
        ["nanodet.lint-request"] = ("NanoDet request: lint", typeof(LintRequest), RequestJson.Options),
        ["nanodet.findings-request"] = ("NanoDet request: findings", typeof(FindingsRequest), RequestJson.Options),
        ["nanodet.lint"] = ("NanoDet accepted findings", typeof(LintBaseline), LintJson.Canonical.Options),
        ["nanodet.preview-request"] = ("NanoDet request: preview", typeof(PreviewRequest), RequestJson.Options),
    };

    public static TheoryData<string> Names => [.. Records.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_schema_has_the_members_of_its_record(string name)
    {
        var (title, type, options) = Records[name];
        var complete = new JsonSerializerOptions(options);
        complete.TypeInfoResolver ??= new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver();
        GeneratedFile.Expect($"docs/schemas/{name}.schema.json", RecordSchema.Of(title, type, complete));
    }
}
