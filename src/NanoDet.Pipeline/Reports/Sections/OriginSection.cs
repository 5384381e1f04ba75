using NanoDet.Data.Pages;
using NanoDet.Pipeline.Manifest;

namespace NanoDet.Pipeline.Reports.Sections;

/// <summary>Where a model comes from: lineage, data, versions and arithmetic.</summary>
internal static class OriginSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter page, ModelManifest manifest)
    {
        var (lineage, kept) = (manifest.Lineage, manifest.Reproducibility);
        NumberTable.Write(page, "Origin of the model", ["property", "value"], new (string Name, string? Value)[]
        {
            ("lineage", Lineage(lineage)),
            ("reason", lineage.Reason),
            ("SHA-256 of the weights that it began with", lineage.Parent),
            ("images added", Images(lineage.Added)),
            ("images removed", Images(lineage.Removed)),
            ("images changed", Images(lineage.Changed)),
            ("data", $"{manifest.Data.TrainingImages} training, {manifest.Data.ValidationImages} validation and {manifest.Data.TestImages} test images, {Figure.Count(manifest.Data.Objects, "object")}"),
            ("fingerprint of the data", manifest.Data.Fingerprint),
            ("key of the training", manifest.Training.Key),
            ("device", $"{manifest.Training.Device}, {Figure.Count(manifest.Training.Threads, "thread")}"),
            ("card", kept.Card is { } card ? $"{card.Name}, driver {card.Driver}, CUDA {card.Cuda}, cuDNN {card.CuDnn}{(card.Tf32 ? ", TF32" : "")}" : null),
            ("arithmetic", kept.Arithmetic is { } proved
                ? $"{proved.Precision}, {proved.Instructions} instructions, {proved.MemoryOrder}, {(proved.OneDnn ? "with" : "without")} oneDNN; {proved.ProvedOperations} operations proved"
                : null),
            ("8 bits", manifest.Quantization is { } eight ? $"{eight.Quantized.Length} convolutions; {eight.Kept.Length} keep 32 bits" : null),
            ("reproducibility", $"{kept.Tier}; it depends on: {string.Join(", ", kept.DependsOn)}"),
            ("NanoDet.Build", manifest.Tool),
            ("commit of the project", manifest.Commit),
        }.Where(row => row.Value is not null).Select(row => new[] { NumberTable.Text(row.Name), NumberTable.Name(row.Value!) }));
        page.Write($"<h3>Libraries that evaluated the model</h3>");
        NumberTable.Write(page, "Libraries that evaluated the model", ["package", "version"], manifest.Evaluation.Packages.Select(package =>
            new[] { NumberTable.Text(package.Key), NumberTable.Text(package.Value) }));
    }

    private static string Lineage(ManifestLineage lineage) => lineage.Policy switch
    {
        "scratch" => "a new training, from random weights",
        "pretrained" => "a new training, from pretrained weights",
        "finetune" => $"a warm start from an earlier model, number {lineage.Generation} since the last new training",
        _ => $"the weights of an earlier model ({lineage.Policy})",
    };

    private static string? Images(ManifestImages images) => images.Count == 0 ? null
        : $"{images.Count}: {string.Join(", ", images.First)}{(images.Count > images.First.Length ? ", …" : "")}";
}
